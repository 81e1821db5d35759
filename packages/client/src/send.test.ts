import { expect, test } from "vitest";
import { send } from "./send.js";

/** Sends a request that is answered so, and at last with 200; says how it ended and what was waited between, in ms. */
async function sendThrough(...heads: readonly Record<string, string>[]) {
  const answers = heads.map((headers) => new Response("", { status: 429, headers }));
  const waits: number[] = [];
  const { answer } = await send(
    "http://facet.example",
    {},
    {
      ...{ attempts: 3, repeatable: false },
      fetch: () => Promise.resolve(answers.shift() ?? new Response("")),
      wait: (milliseconds) => Promise.resolve(void waits.push(milliseconds)),
    },
  );
  return { status: answer.status, waits };
}

test("a request is sent again as late as Retry-After says, also where that is the whole minute of the rate limit", async () => {
  const waits = [60_000, 120_000];
  expect(await sendThrough({ "retry-after": "60" }, { "retry-after": "120" })).toEqual({ status: 200, waits });
});

test("a request that is to come later than is worth waiting for is not sent again", async () => {
  expect(await sendThrough({ "retry-after": "121" })).toEqual({ status: 429, waits: [] });
});

test("Retry-After may be a date", async () => {
  const past = { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" };
  expect(await sendThrough(past)).toEqual({ status: 200, waits: [0] });
  const nextYear = { "retry-after": new Date(Date.now() + 365 * 86_400_000).toUTCString() };
  expect(await sendThrough(nextYear)).toEqual({ status: 429, waits: [] });
});

test("where Retry-After is missing, or no time at all, each pause is twice as long as the one before", async () => {
  expect(await sendThrough({}, { "retry-after": "later" })).toEqual({ status: 200, waits: [200, 400] });
});

test("who stops waiting in a pause is not kept until its end", async () => {
  const controller = new AbortController();
  const request = send(
    "http://facet.example",
    {},
    {
      ...{ attempts: 2, repeatable: true, signal: controller.signal },
      fetch: () => {
        setImmediate(() => controller.abort());
        return Promise.resolve(new Response("", { status: 503, headers: { "retry-after": "5" } }));
      },
    },
  );
  await expect(request).rejects.toMatchObject({ name: "AbortError" });
});

test("the body of an answer that is not the last is let go, so that its connection is free", async () => {
  let letGo = 0;
  const body = new ReadableStream({
    cancel: () => {
      letGo += 1;
    },
  });
  const answers = [new Response(body, { status: 503 }), new Response("the last")];
  const { bytes } = await send(
    "http://facet.example",
    {},
    {
      ...{ attempts: 2, repeatable: true },
      fetch: () => Promise.resolve(answers.shift() ?? Response.error()),
      wait: () => Promise.resolve(),
    },
  );
  expect([letGo, new TextDecoder().decode(bytes)]).toEqual([1, "the last"]);
});

import Fastify from "fastify";
import { expect, test } from "vitest";
import { registerHealth } from "./health.js";

const engines = { encoder: "onnx", scorer: "wasm" };

async function ask(url: string, ...problems: (string | null)[]) {
  const app = Fastify();
  registerHealth(
    app,
    problems.map((problem, index) => ({ name: `part ${index}`, findProblem: () => Promise.resolve(problem) })),
    engines,
  );
  const response = await app.inject({ method: "GET", url });
  return { status: response.statusCode, body: response.json<unknown>() };
}

test("a service is ready when every part is", async () => {
  expect(await ask("/ready", null, null)).toEqual({ status: 200, body: { status: "ready", reasons: [], engines } });
});

test("a service that is not ready names the parts that are not", async () => {
  const reasons = [{ part: "part 1", reason: "Postgres does not answer." }];
  const expected = { status: 503, body: { status: "not ready", reasons, engines } };
  expect(await ask("/ready", null, "Postgres does not answer.")).toEqual(expected);
});

test("a process that lives is healthy, whatever its parts are", async () => {
  expect(await ask("/health", "Postgres does not answer.")).toEqual({ status: 200, body: { status: "ok" } });
});

import { expect, test } from "vitest";
import { parseLikeLine } from "./parse-like-line.js";

const like = { userId: "ann", url: "https://media.example/a.jpg" };
const parse = (line: unknown) => parseLikeLine(JSON.stringify(line));

test("a field that may be left out may be null", async () => {
  const read = { userId: "ann", source: { url: like.url }, likedAt: null };
  expect(await parse(like)).toEqual(read);
  expect(await parse({ ...like, frameId: null, base64: null, likedAt: null })).toEqual(read);
  expect(await parse({ userId: "ann", url: null, base64: "AAAA" })).toMatchObject({ source: { base64: "AAAA" } });
});

test.each(["2026-01-31T12:00:00+01:00", "2026-01-31T11:00Z"])("%s is taken as the API takes it", async (likedAt) => {
  expect((await parse({ ...like, likedAt })).likedAt).toEqual(new Date("2026-01-31T11:00:00Z"));
});

const RULE = "likedAt takes ISO 8601 text with an offset, such as 2026-01-31T12:00:00.000Z.";
const ONE_SOURCE = "The line takes exactly one of url, frameId and base64.";
test.each([
  [[], null, "The line is no JSON object."],
  [null, null, "The line is no JSON object."],
  ["text", null, "The line is no JSON object."],
  [{ ...like, userId: null }, "userId", "userId is missing, or is not of the kind that is taken."],
  [{ ...like, url: 1 }, "url", "url is missing, or is not of the kind that is taken."],
  [{ userId: "ann" }, null, ONE_SOURCE],
  [{ userId: "ann", url: null }, null, ONE_SOURCE],
  [{ ...like, base64: "AAAA" }, null, ONE_SOURCE],
  [{ ...like, likedAt: "2026-02-30T00:00:00Z" }, "likedAt", RULE],
  [{ ...like, likedAt: "2026-01-01T24:00:00Z" }, "likedAt", RULE],
  [
    { ...like, extra: 1 },
    null,
    "The line holds a field that is not taken: userId, url, frameId, base64 and likedAt are.",
  ],
])("%j is refused with what is wrong of it", async (line, field, message) => {
  await expect(parse(line)).rejects.toMatchObject({ code: "INVALID_LINE", field, message });
});

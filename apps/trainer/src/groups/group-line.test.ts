import { expect, test } from "vitest";
import { GROUP_LIMITS, parseGroupLine } from "./group-line.js";

const WHOLE = { video: "a.mp4", category: "travel", coverMs: 1200, likes: ["b.jpg", "c.jpg"] };

test("a line is a video, its category, its cover's time and liked images", () => {
  expect(parseGroupLine(JSON.stringify(WHOLE))).toEqual(WHOLE);
});

test("category and cover may be missing: what is trained on decides whether they are needed", () => {
  expect(parseGroupLine('{"video": "a.mp4", "likes": ["b.jpg"]}')).toEqual({ video: "a.mp4", likes: ["b.jpg"] });
});

test.each([
  ["{", "not JSON"],
  ["[1]", "no object"],
  ["null", "no object"],
  [JSON.stringify({ ...WHOLE, cover: 3 }), '"cover" is no field'],
  [JSON.stringify({ ...WHOLE, video: "" }), '"video"'],
  [JSON.stringify({ ...WHOLE, video: 7 }), '"video"'],
  [JSON.stringify({ ...WHOLE, video: "a\0.mp4" }), '"video"'],
  [JSON.stringify({ ...WHOLE, category: " " }), '"category"'],
  [JSON.stringify({ ...WHOLE, category: "x".repeat(GROUP_LIMITS.categoryLength + 1) }), "200 characters"],
  [JSON.stringify({ ...WHOLE, coverMs: -1 }), '"coverMs"'],
  [JSON.stringify({ ...WHOLE, coverMs: 1.5 }), '"coverMs"'],
  [JSON.stringify({ ...WHOLE, coverMs: "1200" }), '"coverMs"'],
  [JSON.stringify({ ...WHOLE, likes: "b.jpg" }), '"likes"'],
  [JSON.stringify({ ...WHOLE, likes: ["b.jpg", null] }), '"likes"'],
  [JSON.stringify({ ...WHOLE, likes: [] }), "at least 1"],
  [JSON.stringify({ ...WHOLE, likes: Array(GROUP_LIMITS.likes + 1).fill("b.jpg") }), "1001 images: the limit is 1000"],
  [" ".repeat(GROUP_LIMITS.lineLength + 1), "the limit is 262144"],
])("%.60s is told in words", (line, problem) => {
  expect(parseGroupLine(line)).toContain(problem);
});

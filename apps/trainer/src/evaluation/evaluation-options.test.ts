import { describe, expect, test } from "vitest";
import { parseCompared, parseWorlds } from "./evaluation-options.js";

describe("a model to compare", () => {
  test("has a name and a folder, in which there may be a =", () => {
    expect(parseCompared("seed-2=models/a=b")).toEqual([{ name: "seed-2", folder: "models/a=b" }]);
  });

  test("stands behind those given before", () => {
    const both = parseCompared("two=b", parseCompared("one=a"));
    expect(both.map(({ name }) => name)).toEqual(["one", "two"]);
  });

  test.each([
    ["models/a", '"models/a" is not NAME=DIR'],
    ["one=", '"one=" is not NAME=DIR'],
    ["=models/a", '"" is no name'],
    ["One Two=models/a", '"One Two" is no name'],
    ["shipped=models/a", '"shipped" is the name of another method'],
    ["lda-mine=models/a", '"lda-mine" is the name of another method'],
    ["one=models/b", '"one" is given twice'],
  ])("is not %j", (text, problem) => {
    expect(() => parseCompared(text, [{ name: "one", folder: "models/a" }])).toThrow(problem);
  });
});

test("a world that is named twice is judged once", () => {
  expect(parseWorlds("W1, w2,W1")).toEqual(["W1", "W2"]);
});

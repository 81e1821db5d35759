import { beforeAll, expect, test } from "vitest";
import { MissingWeightError } from "../errors.js";
import { makeSmallModel, SMALL } from "../small-model.fixture.js";
import { useWasm } from "../wasm-backend.fixture.js";
import { layersOf } from "./layers.js";

beforeAll(useWasm);

test("a weight that is not there is named, by an error with a code", () => {
  const weights = new Map(makeSmallModel(SMALL, 1).weights);
  weights.delete("cover/w1");
  expect(() => layersOf(weights)).toThrow(new MissingWeightError("cover/w1"));
  expect(new MissingWeightError("cover/w1")).toMatchObject({ code: "MISSING_WEIGHT" });
});

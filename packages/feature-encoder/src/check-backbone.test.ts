import { expect, test } from "vitest";
import type { EncoderEngine } from "./engine.js";
import { BackboneDescriptionError, EncoderOptionError } from "./errors.js";
import { loadFeatureEncoder } from "./feature-encoder.js";
import { makeTinyBackbone } from "./tiny-backbone.fixture.js";

/** Whatever reaches an engine was let through. */
const unasked: EncoderEngine = { name: "unasked", load: () => Promise.reject(new Error("It was asked.")) };

/** As where there is no compiler: anything may stand in a field. */
async function loadWith(change: object, options: object = {}): Promise<unknown> {
  const backbone = { ...(await makeTinyBackbone()), ...change };
  return loadFeatureEncoder({ backbone, engines: [unasked], ...options });
}

const size = { height: 2, width: 4 };

test.each([
  ["name", { name: "my net" }],
  ["input.height", { input: { ...size, height: 2.5, range: [0, 1] } }],
  ["input.width", { input: { ...size, width: 4096, range: [0, 1] } }],
  ["input.range", { input: { ...size, range: [NaN, 1] } }],
  ["input.range", { input: { ...size, range: [0, Infinity] } }],
  ["input.range", { input: { ...size, range: [1, 1] } }],
  ["input.range", { input: { ...size, range: [[0, 1], [0, 1], 1] } }],
  ["taps", { taps: [] }],
  ["taps", { taps: ["colours", "colours"] }],
  ["views", { views: "foo" }],
  ["pooling", { pooling: "foo" }],
  ["unsafe", { unsafe: undefined }],
  ["unsafe.classes", { unsafe: { node: "classes", classes: [1, 1, 1] } }],
  ["unsafe.classes", { unsafe: { node: "classes", classes: [] } }],
  ["veiws", { veiws: "mirrored" }],
])("a backbone made in code is refused before any engine is tried, naming its field: %s, %j", async (field, change) => {
  const loading = loadWith(change);
  await expect(loading).rejects.toThrow(BackboneDescriptionError);
  await expect(loading).rejects.toThrow(`cannot be used as it is described: "${field}" `);
});

test.each([
  ["batchSize", { batchSize: NaN }],
  ["batchSize", { batchSize: 0 }],
  ["batchSize", { batchSize: 2.5 }],
  ["batchSize", { batchSize: 257 }],
  ["picture.height", { picture: { height: 0, width: 0 } }],
  ["picture.width", { picture: { height: 2, width: NaN } }],
  ["picture.width", { picture: { height: 2, width: 4097 } }],
])("so is an option, by its name: %s, %j", async (option, options) => {
  const loading = loadWith({}, options);
  await expect(loading).rejects.toThrow(EncoderOptionError);
  await expect(loading).rejects.toMatchObject({ code: "ENCODER_OPTION", option });
  await expect(loading).rejects.toThrow(`"${option}" takes a whole number of pi`);
});

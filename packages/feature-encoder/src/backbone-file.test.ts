import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readBackboneFile, writeBackboneFolder } from "./backbone-file.js";
import { BackboneFileError } from "./errors.js";
import { loadFeatureEncoder } from "./feature-encoder.js";
import { mobileNetV2 } from "./mobilenet-v2.js";
import { makeTempFolder } from "./temp-folder.fixture.js";
import { makeTinyBackbone, makeTinyLayersBackbone, plainPicture } from "./tiny-backbone.fixture.js";
import { useWasm } from "./wasm-backend.fixture.js";

beforeAll(useWasm);

const DESCRIPTION = {
  name: "tiny",
  model: "model.json",
  input: { height: 2, width: 4, range: [0, 1] },
  taps: ["colours", "pooled"],
};

/** A tiny network with a description beside it. */
async function describeTiny(description: unknown = DESCRIPTION): Promise<string> {
  const file = await writeBackboneFolder(await makeTinyBackbone(), await makeTempFolder());
  await writeFile(file, typeof description === "string" ? description : JSON.stringify(description));
  return file;
}

describe("a backbone that is written as a folder", () => {
  test.each([
    ["graph", makeTinyBackbone],
    ["layers model", makeTinyLayersBackbone],
  ])("is the same encoder when it is read again, as a %s", async (_, make) => {
    const tiny = await make();
    const range = [
      [-1, 1],
      [0, 1],
      [0, 255],
    ] as const;
    const backbone = { ...tiny, input: { ...tiny.input, range }, license: "MIT" };
    const file = await writeBackboneFolder(backbone, join(await makeTempFolder(), "new", "folder"));
    const read = await readBackboneFile(file);
    expect(read.license).toBe("MIT");
    const [before, after] = [await loadFeatureEncoder({ backbone }), await loadFeatureEncoder({ backbone: read })];
    expect(after.version).toBe(before.version);
    const picture = [plainPicture(200, 100, 50)];
    expect(await after.firstConvolutionUnit(picture)).toEqual(await before.firstConvolutionUnit(picture));
    before.dispose();
    after.dispose();
  });

  test("may come out of an npm package that wraps its model in code", async () => {
    const folder = await makeTempFolder();
    await writeBackboneFolder(mobileNetV2, folder);
    const encoder = await loadFeatureEncoder({ backbone: await readBackboneFile(folder) });
    expect(encoder.width).toBe(480);
    expect(encoder.version).toMatch(/^mobilenet-v2-[0-9a-f]{12}$/);
    encoder.dispose();
  });
});

describe("a backbone that could not be read again is not written, and what is there is left as it is", () => {
  const weightSpecs = [{ name: "kernel", shape: [2], dtype: "float32" as const }];
  const withArtifacts = (weights: readonly number[]) => ({
    source: {
      kind: "artifacts" as const,
      load: () =>
        Promise.resolve({
          modelTopology: { node: [] },
          weightSpecs,
          weightData: Float32Array.from(weights).buffer,
        }),
    },
  });

  test.each([
    ["BACKBONE_DESCRIPTION", '"name"', { name: "my net" }],
    ["BACKBONE_DESCRIPTION", '"taps"', { taps: ["colours", "colours"] as const }],
    ["BACKBONE_DESCRIPTION", '"input.range"', { input: { ...DESCRIPTION.input, range: [1, 1] as const } }],
    ["BACKBONE_DESCRIPTION", '"input.height"', { input: { height: 4096, width: 4, range: [0, 1] as const } }],
    ["BACKBONE_FILES", "its weights are 12 bytes: its model.json says 8", withArtifacts([1, 2, 3])],
    ["BACKBONE_FILES", 'its weight "kernel" has a number that is NaN', withArtifacts([1, NaN])],
  ])("%s: %s", async (code, problem, change) => {
    const folder = await makeTempFolder();
    const file = await writeBackboneFolder(await makeTinyBackbone(), folder);
    const before = await Promise.all([file, join(folder, "weights.bin")].map((path) => readFile(path)));
    const writing = writeBackboneFolder({ ...(await makeTinyBackbone()), ...change }, folder);
    await expect(writing).rejects.toMatchObject({ code });
    await expect(writing).rejects.toThrow(problem);
    expect(await Promise.all([file, join(folder, "weights.bin")].map((path) => readFile(path)))).toEqual(before);
  });

  test("nor where a file is in the folder's place", async () => {
    const file = join(await makeTempFolder(), "taken");
    await writeFile(file, "");
    for (const folder of [file, join(file, "inside")]) {
      const writing = writeBackboneFolder(await makeTinyBackbone(), folder);
      await expect(writing).rejects.toThrow(BackboneFileError);
      await expect(writing).rejects.toThrow(`${join(folder, "backbone.json")}: it cannot be written`);
    }
  });
});

describe("a description", () => {
  test("may be given by its folder, and name a network elsewhere by another name", async () => {
    const root = await makeTempFolder();
    const [folder, networks] = [join(root, "described"), join(root, "networks")];
    const file = await writeBackboneFolder(await makeTinyBackbone(), folder);
    await mkdir(networks);
    await rename(join(folder, "model.json"), join(networks, "tiny.json"));
    await rename(join(folder, "weights.bin"), join(networks, "weights.bin"));
    await writeFile(file, JSON.stringify({ ...DESCRIPTION, model: "../networks/tiny.json" }));
    const encoder = await loadFeatureEncoder({ backbone: await readBackboneFile(folder) });
    expect(encoder.width).toBe(8);
    encoder.dispose();
  });

  test("without a word of unsafe classes has none", async () => {
    expect((await readBackboneFile(await describeTiny())).unsafe).toBe("none");
  });
});

describe("a description that is refused names its file and its field", () => {
  const { input } = DESCRIPTION;
  test.each([
    ["name", { ...DESCRIPTION, name: undefined }],
    ["name", { ...DESCRIPTION, name: "../outside" }],
    ["model", { ...DESCRIPTION, model: undefined }],
    ["model", { ...DESCRIPTION, model: "no-such-model.json" }],
    ["input", { ...DESCRIPTION, input: [224, 224] }],
    ["input.height", { ...DESCRIPTION, input: { ...input, height: 0 } }],
    ["input.width", { ...DESCRIPTION, input: { ...input, width: 22.4 } }],
    ["input.range", { ...DESCRIPTION, input: { ...input, range: [0, "NaN"] } }],
    ["input.range", { ...DESCRIPTION, input: { ...input, range: [1, 1] } }],
    ["input.mean", { ...DESCRIPTION, input: { ...input, mean: [0, 0, 0] } }],
    ["taps", { ...DESCRIPTION, taps: [] }],
    ["taps", { ...DESCRIPTION, taps: ["colours", 13] }],
    ["taps", { ...DESCRIPTION, taps: ["colours", "colours"] }],
    ["views", { ...DESCRIPTION, views: "upsideDown" }],
    ["pooling", { ...DESCRIPTION, pooling: "largest" }],
    ["unsafe.classes", { ...DESCRIPTION, unsafe: { node: "classes", classes: ["porn"] } }],
    ["unsafe.classes", { ...DESCRIPTION, unsafe: { node: "classes", classes: [1, 1, 1] } }],
    ["unsafe.node", { ...DESCRIPTION, unsafe: { classes: [1] } }],
    ["tap", { ...DESCRIPTION, tap: "colours" }],
  ])("%s", async (field, description) => {
    const file = await describeTiny(description);
    const reading = readBackboneFile(file);
    await expect(reading).rejects.toThrow(BackboneFileError);
    await expect(reading).rejects.toMatchObject({ code: "BACKBONE_FILE", file, field });
    await expect(reading).rejects.toThrow(`${file}: "${field}" `);
  });

  test("where it is not JSON", async () => {
    const file = await describeTiny("<html>");
    await expect(readBackboneFile(file)).rejects.toThrow(`${file}: it is not JSON.`);
  });

  test("where there is no such file, or none in the folder", async () => {
    const folder = await makeTempFolder();
    for (const file of [folder, join(folder, "backbone.json")]) {
      await expect(readBackboneFile(file)).rejects.toThrow("backbone.json: it cannot be opened.");
    }
  });
});

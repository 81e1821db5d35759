import { join } from "node:path";
import { loadFeatureEncoder } from "@facet/feature-encoder";
import { expect, test } from "vitest";
import { chooseBackend } from "../choose-backend.js";
import { makeTempFolder } from "../photos/photo-folders.fixture.js";
import { SIDE } from "../photos/degrade.js";
import { readBackbone } from "./read-backbone.js";
import { writeBackbone } from "./write-backbone.js";

test("a network out of an npm package becomes a folder that makes an encoder of the trainer's pictures", async () => {
  const folder = join(await makeTempFolder(), "mobilenet");
  const said: string[] = [];
  await writeBackbone("nsfwjs/mobilenet_v2", folder, (line) => said.push(line));
  expect(said.join()).toContain("MIT");

  await chooseBackend();
  const encoder = await loadFeatureEncoder(await readBackbone(folder));
  expect(encoder.width).toBe(480);
  expect(encoder.imageBytes).toBe(SIDE * SIDE * 3);
  encoder.dispose();
});

test("the shipped backbone, written as a folder, is the same encoder", async () => {
  const folder = await makeTempFolder();
  await writeBackbone("nsfwjs/mobilenet_v2_mid", folder, () => undefined);
  await chooseBackend();
  const shipped = await loadFeatureEncoder(await readBackbone(undefined));
  const written = await loadFeatureEncoder(await readBackbone(folder));
  expect(written.version).toBe(shipped.version);
  shipped.dispose();
  written.dispose();
});

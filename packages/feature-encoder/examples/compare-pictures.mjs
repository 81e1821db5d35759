import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { loadFeatureEncoder, selectBackend } from "@facet/feature-encoder";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import sharp from "sharp";

// The app brings a TensorFlow.js backend; the package imports none.
const wasm = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json"));
setWasmPaths(`${join(wasm, "dist")}/`);
const backend = await selectBackend([{ name: "wasm", load: () => Promise.resolve() }]);

const encoder = await loadFeatureEncoder();
const pictures = await Promise.all(process.argv.slice(2).map(readPicture));
const encoded = await encoder.firstConvolutionUnit(pictures);
console.log(`${encoder.version} on ${backend.name}, ${encoder.width} numbers a picture`);
for (const [i, { feature, unsafeScore }] of encoded.entries()) {
  const likeness = encoded.map((other) => cosine(feature, other.feature).toFixed(3)).join(" ");
  console.log(`picture ${i}: likeness ${likeness}, unsafe ${unsafeScore.toFixed(3)}`);
}
encoder.dispose();

/** The whole picture squashed to 224 x 224 px RGB. */
async function readPicture(file) {
  return sharp(file).autoOrient().toColourspace("srgb").flatten().resize(224, 224, { fit: "fill" }).raw().toBuffer();
}

function cosine(a, b) {
  const dot = (x, y) => x.reduce((sum, number, i) => sum + number * y[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

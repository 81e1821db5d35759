import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { InterestAttentionScorer } from "@facet/interest-attention";
import { ready, setBackend } from "@tensorflow/tfjs-core";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";

// The app brings a TensorFlow.js backend; the package imports none.
const wasm = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json"));
setWasmPaths(`${join(wasm, "dist")}/`);
await setBackend("wasm");
await ready();

const scorer = await InterestAttentionScorer.load();
console.log(`${scorer.modelVersion} takes features of ${scorer.encoderVersion}, ${scorer.featureWidth} numbers each`);

// Features come from the encoder named above; here each is a made-up point near a subject of its own.
const likedImages = [picture("sea", 1), picture("sea", 2), picture("sea", 3)]; // oldest first
const frames = [picture("city", 4), picture("sea", 5), picture("wood", 6), picture("wood", 7)];

// Made once for a history, used for any number of videos.
const [description] = await scorer.describeHistories([likedImages]);
const [{ interestWeights, probabilities }] = await scorer.scoreFrames([{ frames, description }]);
frames.forEach((_, i) => {
  console.log(
    `frame ${i}: interest weight ${interestWeights[i].toFixed(2)}, probability ${probabilities[i].toFixed(3)}`,
  );
});
console.log(`The cover is frame ${probabilities.indexOf(Math.max(...probabilities))}.`);
scorer.dispose();

function picture(subject, number) {
  const wave = (i) => Math.sin((i + 1) * subject.length * subject.charCodeAt(0)) + 0.3 * Math.sin(i * number * 7);
  return Float32Array.from({ length: scorer.featureWidth }, (_, i) => 0.05 * wave(i));
}

import { readConfig } from "@facet/api/config";
import { makeLog } from "@facet/api/log";
import { loadModels } from "@facet/api/models";
import { findElsewhere } from "./find-elsewhere.js";
import { randomFeatures, randomNumbers } from "./random-numbers.js";
import { serve, type Job } from "./subject.js";

const folder = process.env["FACET_BENCH_TFJS_NODE"] ?? "";
if (folder !== "") findElsewhere("@tensorflow/tfjs-node", folder);

// The networks as the service loads them, with the engine that it takes.
const { encoder, scorer } = await loadModels(makeLog("silent"), readConfig(process.env));

function prepare(job: Job): () => Promise<unknown> {
  if (job.kind === "encode") {
    const images = Array.from({ length: job.images }, (_, seed) =>
      Uint8Array.from(randomNumbers(encoder.imageBytes, seed), (number) => (number + 0.5) * 255),
    );
    return async () => {
      for (let start = 0; start < images.length; start += job.atOnce) {
        await encoder.secondConvolutionUnit(images.slice(start, start + job.atOnce));
      }
    };
  }
  const { viewers, atOnce, frames, likes } = job;
  const each = (count: number) =>
    Array.from({ length: viewers }, (_, viewer) => randomFeatures(count, encoder.width, viewer + count));
  const [histories, videos] = [each(likes), each(frames)];
  return async () => {
    for (let start = 0; start < viewers; start += atOnce) {
      const batch = videos.slice(start, start + atOnce);
      const descriptions = await scorer.describeHistories(histories.slice(start, start + atOnce));
      await scorer.scoreFrames(descriptions.map((description, n) => ({ description, frames: batch[n] ?? [] })));
    }
  };
}

serve(`${scorer.modelVersion} on ${encoder.version}`, prepare);

import type { Benchmark } from "../benchmark.js";
import { LIKES } from "../catalogue/catalogue.js";
import type { MeasuredRow } from "../measured-row.js";
import { interleave, median } from "../statistics.js";
import { SubjectProcess } from "../subjects/subject-process.js";

const AT_ONCE = 8;
const FRAMES = 32;

/** The engine that is taken where ONNX Runtime is not installed and TensorFlow's own library is: for the record, without a goal. */
export const tfjsNode: Benchmark = {
  name: "tfjs-node",
  about: "encoder and scorer on @tensorflow/tfjs-node, where --tfjs-node or FACET_BENCH_TFJS_NODE says where it is",
  async run({ isQuick, runs, releasers, tfjsNodeFolder, tell }) {
    if (tfjsNodeFolder === undefined) {
      tell("not here: docs/engines.md tells how to install it in a folder");
      return [];
    }
    const start = (FACET_ENGINE: string) =>
      SubjectProcess.start(releasers, "models", { FACET_ENGINE, FACET_BENCH_TFJS_NODE: tfjsNodeFolder });
    const [tensorflow, wasm] = [await start("tensorflow"), await start("wasm")];
    const images = isQuick ? 2 : 32;
    const repeats = isQuick ? 1 : 20;
    const encode = (subject: SubjectProcess) => async () =>
      (images * 1000) / (await subject.measure({ kind: "encode", images, atOnce: AT_ONCE }));
    const score = (subject: SubjectProcess) => async () => {
      const values: number[] = [];
      while (values.length < repeats) {
        values.push(await subject.measure({ kind: "score", viewers: 1, atOnce: 1, frames: FRAMES, likes: LIKES }));
      }
      return median(values);
    };
    const measurements = {
      ...{ encode: encode(tensorflow), encodeWasm: encode(wasm) },
      ...{ score: score(tensorflow), scoreWasm: score(wasm) },
    };
    for (const measure of Object.values(measurements)) await measure();
    const values = await interleave(runs, measurements, (run) => tell(`run ${run} of ${runs}`));
    await Promise.all([tensorflow.stop(), wasm.stop()]);
    const goal = { kind: "none" } as const;
    const rows: MeasuredRow[] = [
      {
        ...{ name: "tfjs-node-encoder", what: "encoder on @tensorflow/tfjs-node", unit: "images/s", goal },
        figure: median(values.encode),
        floor: { what: `the same network, tfjs wasm, batch ${AT_ONCE}`, value: median(values.encodeWasm) },
        note: `${images} pictures of 224 x 224, ${AT_ONCE} at once, ${runs} runs; tfjs-node 4.22.0 over TensorFlow 1.15`,
      },
      {
        ...{ name: "tfjs-node-scorer", what: `scorer on @tensorflow/tfjs-node, one viewer`, unit: "ms", goal },
        figure: median(values.score),
        floor: { what: "the same scorer, tfjs wasm", value: median(values.scoreWasm) },
        note: `${FRAMES} frames, ${LIKES} likes; ${runs} runs of ${repeats}`,
      },
    ];
    return rows;
  },
};

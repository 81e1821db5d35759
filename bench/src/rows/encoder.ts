import type { Benchmark } from "../benchmark.js";
import { interleave, median } from "../statistics.js";
import { SubjectProcess } from "../subjects/subject-process.js";

const AT_ONCE = 8;

export const encoder: Benchmark = {
  name: "encoder",
  about: "images a second through the encoder, against tfjs wasm",
  async run({ isQuick, runs, releasers, tell }) {
    const images = isQuick ? 2 : 32;
    const measure = async (environment: Readonly<Record<string, string>>) => {
      const subject = await SubjectProcess.start(releasers, "models", environment);
      const encode = async () => (images * 1000) / (await subject.measure({ kind: "encode", images, atOnce: AT_ONCE }));
      await encode();
      return { encode, stop: () => subject.stop() };
    };
    const [service, wasm] = [await measure({}), await measure({ FACET_ENGINE: "wasm" })];
    const values = await interleave(runs, { service: service.encode, wasm: wasm.encode }, (run) =>
      tell(`run ${run} of ${runs}`),
    );
    await Promise.all([service.stop(), wasm.stop()]);
    return [
      {
        ...{ name: "encoder", what: "encoder, as the service loads it", unit: "images/s" },
        figure: median(values.service),
        floor: { what: `the same network, tfjs wasm, batch ${AT_ONCE}`, value: median(values.wasm) },
        goal: { kind: "ratio at least", limit: 4 },
        note: `${images} pictures of 224 x 224, ${AT_ONCE} at once, ${runs} runs`,
      },
    ];
  },
};

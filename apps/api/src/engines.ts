import * as encoder from "@facet/feature-encoder";
import * as scorer from "@facet/interest-attention";
import { importOnnxRuntime } from "@facet/onnx-graph";
import { ENGINES, type EngineName } from "./engine-name.js";
import { selectTensorBackend } from "./tensor-backend.js";

/** Candidates for either network, in the order in which they are tried. */
export interface Engines {
  readonly encoder: readonly encoder.EncoderEngine[];
  readonly scorer: readonly scorer.ScorerEngine[];
}

/** While threads of the encoder would wait for the next pass, the decoder has use for the cores. */
const ENCODER_OPTIONS = { spinning: false };

/** Two threads take a quarter more of the processors' time for a viewer than one, and are no sooner done. */
const SCORER_OPTIONS = { threads: 1 };

/** @param forced the only one to be used; undefined for the first that works here */
export function listEngines(forced?: EngineName): Engines {
  const names = forced === undefined ? ENGINES : [forced];
  return {
    encoder: names.map((name) =>
      name === "onnx"
        ? encoder.onnxEngine(importOnnxRuntime, ENCODER_OPTIONS)
        : encoder.tensorflowEngine(name, () => useBackend(name)),
    ),
    scorer: names.map((name) =>
      name === "onnx"
        ? scorer.onnxEngine(importOnnxRuntime, SCORER_OPTIONS)
        : scorer.tensorflowEngine(name, () => useBackend(name)),
    ),
  };
}

function useBackend(name: Exclude<EngineName, "onnx">): ReturnType<typeof selectTensorBackend> {
  return selectTensorBackend([name]);
}

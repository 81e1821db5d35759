import { OnnxProgramReleasedError, OnnxResultError } from "./errors.js";
import type { OnnxGraph } from "./onnx-graph.js";
import type { OnnxRuntime, OnnxSession, OnnxTensor, TensorData } from "./onnx-runtime.js";

/** Numbers with their axes. */
export interface Numbers<Data extends TensorData = Float32Array> {
  readonly data: Data;
  readonly dims: readonly number[];
}

export interface OnnxProgramOptions {
  /** Threads in one operator. Default: as many as the machine has cores. */
  readonly threads?: number;
  /**
   * Whether threads that have nothing to do wait for more in a busy loop: each pass is a little sooner done, and takes a
   * core from whoever else is at work. Default: they do.
   */
  readonly spinning?: boolean;
}

/** Errors and worse: what a graph of our own making warns of says nothing to an operator of the service. */
const LOG_ERRORS = 3;

/** A graph, compiled by a runtime and ready to run. */
export class OnnxProgram {
  readonly #runs = new Set<Promise<unknown>>();
  #release: Promise<void> | undefined;

  private constructor(
    private readonly runtime: OnnxRuntime,
    private readonly session: OnnxSession,
  ) {}

  /** @throws what the runtime throws where it cannot read the graph, or lacks one of its operators */
  static async compile(
    runtime: OnnxRuntime,
    graph: OnnxGraph,
    { threads, spinning = true }: OnnxProgramOptions = {},
  ): Promise<OnnxProgram> {
    const session = await runtime.InferenceSession.create(graph.toBytes(), {
      ...(threads !== undefined && { intraOpNumThreads: threads }),
      graphOptimizationLevel: "all",
      // A pattern is one block for all that a pass needs, planned for each size of a batch and kept beside the room that
      // is there already. A process with the encoder takes about 85 MB less without, and no pass is slower.
      enableMemPattern: false,
      logSeverityLevel: LOG_ERRORS,
      ...(!spinning && { extra: { session: { intra_op: { allow_spinning: "0" } } } }),
    });
    return new OnnxProgram(runtime, session);
  }

  /**
   * @param inputs by their names in the graph
   * @throws OnnxResultError where a result is not of real numbers, OnnxProgramReleasedError after `release`, and what the
   *   runtime throws where the inputs are not those of the graph
   */
  async run(inputs: Readonly<Record<string, Numbers<TensorData>>>): Promise<ReadonlyMap<string, Numbers>> {
    if (this.#release) throw new OnnxProgramReleasedError();
    const run = this.#run(inputs);
    this.#runs.add(run);
    try {
      return await run;
    } finally {
      this.#runs.delete(run);
    }
  }

  /**
   * Gives the memory back, as soon as the runs that have begun are finished: the runtime fails those whose session is
   * released under them. May be called again, and then waits for the same.
   *
   * @throws what the runtime throws where its memory cannot be given back
   */
  release(): Promise<void> {
    this.#release ??= Promise.allSettled(this.#runs).then(() => this.session.release());
    return this.#release;
  }

  async #run(inputs: Readonly<Record<string, Numbers<TensorData>>>): Promise<ReadonlyMap<string, Numbers>> {
    const feeds = Object.fromEntries(Object.entries(inputs).map(([name, numbers]) => [name, this.#toTensor(numbers)]));
    const results = Object.entries(await this.session.run(feeds));
    return new Map(results.map(([name, tensor]) => [name, toNumbers(name, tensor)]));
  }

  #toTensor({ data, dims }: Numbers<TensorData>): OnnxTensor {
    return new this.runtime.Tensor(typeOf(data), data, dims);
  }
}

function typeOf(data: TensorData): "float32" | "uint8" | "int32" {
  if (data instanceof Float32Array) return "float32";
  return data instanceof Int32Array ? "int32" : "uint8";
}

function toNumbers(name: string, { data, dims }: OnnxTensor): Numbers {
  if (!(data instanceof Float32Array)) throw new OnnxResultError(name);
  return { data, dims };
}

import { tensor, type NamedTensorMap, type Variable } from "@tensorflow/tfjs-core";

export interface AdamWOptions {
  /** Share of a weight of two or more dimensions that decays with each step, times the learning rate. Others, and biases, do not decay. */
  readonly weightDecay: number;
  /** A gradient longer than this, over all weights together, is cut to it. */
  readonly clip: number;
}

/** Running means of a variable's gradient, and of its square. */
export interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** All that is remembered from one step to the next. */
export interface AdamWState {
  /** Steps done. */
  readonly step: number;
  /** By the variable's name. */
  readonly moments: ReadonlyMap<string, Moments>;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/**
 * AdamW (Loshchilov and Hutter 2019) over named variables. The arithmetic is on the CPU: for some hundred thousand
 * numbers that costs less than the tensors would.
 */
export class AdamW {
  readonly #moments: Map<string, Moments>;
  #step: number;

  /** @param state where another left off; its moments become this one's */
  constructor(
    private readonly options: AdamWOptions,
    state: AdamWState = { step: 0, moments: new Map() },
  ) {
    this.#step = state.step;
    this.#moments = new Map(state.moments);
  }

  /** As it is now: the next step changes it. */
  get state(): AdamWState {
    return { step: this.#step, moments: this.#moments };
  }

  /**
   * Moves every variable against its gradient.
   *
   * @param gradients as `variableGrads` gives them: by the tensor's own name
   * @param rateOf    learning rate of a variable
   */
  async apply(
    variables: ReadonlyMap<string, Variable>,
    gradients: NamedTensorMap,
    rateOf: (name: string) => number,
  ): Promise<void> {
    this.#step += 1;
    const moving = await Promise.all(
      [...variables].map(async ([name, weight]) => ({
        name,
        weight,
        slope: await gradients[weight.name]?.data<"float32">(),
      })),
    );
    const scale = clipScale(
      moving.flatMap(({ slope }) => slope ?? []),
      this.options.clip,
    );
    for (const { name, weight, slope } of moving) {
      if (!slope) continue;
      const numbers = Float32Array.from(await weight.data<"float32">());
      const decay = weight.rank > 1 && !name.endsWith("bias") ? this.options.weightDecay : 0;
      this.#move(name, numbers, slope, scale, rateOf(name), decay);
      assign(weight, numbers);
    }
  }

  #move(name: string, numbers: Float32Array, slope: Float32Array, scale: number, rate: number, decay: number): void {
    const { first, second } = this.#momentsOf(name, numbers.length);
    const unbias1 = 1 - BETA1 ** this.#step;
    const unbias2 = 1 - BETA2 ** this.#step;
    for (let i = 0; i < numbers.length; i++) {
      const g = (slope[i] ?? 0) * scale;
      const m = BETA1 * (first[i] ?? 0) + (1 - BETA1) * g;
      const v = BETA2 * (second[i] ?? 0) + (1 - BETA2) * g * g;
      first[i] = m;
      second[i] = v;
      const x = numbers[i] ?? 0;
      numbers[i] = x - rate * (m / unbias1 / (Math.sqrt(v / unbias2) + EPSILON) + decay * x);
    }
  }

  #momentsOf(name: string, size: number): Moments {
    const known = this.#moments.get(name);
    if (known) return known;
    const made = { first: new Float32Array(size), second: new Float32Array(size) };
    this.#moments.set(name, made);
    return made;
  }
}

function clipScale(slopes: readonly Float32Array[], clip: number): number {
  let squared = 0;
  for (const slope of slopes) for (const g of slope) squared += g * g;
  const length = Math.sqrt(squared);
  return length > clip ? clip / length : 1;
}

function assign(weight: Variable, numbers: Float32Array): void {
  const changed = tensor(numbers, weight.shape);
  weight.assign(changed);
  changed.dispose();
}

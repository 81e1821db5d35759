import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ModelFilesError } from "./errors.js";
import {
  checkFacts,
  checkVersion,
  describeModel,
  parseModelDescription,
  type ModelDescription,
  type ModelFacts,
} from "./model-description.js";
import { planWeights, type PlannedWeight } from "./weight-plan.js";

const DESCRIPTION_FILE = "model.json";
const WEIGHTS_FILE = "weights.bin";

/** A weight as it is kept, before any engine has it. */
export interface WeightNumbers {
  readonly shape: readonly number[];
  readonly numbers: Float32Array;
}

/** A model as its folder holds it. */
export interface ModelNumbers {
  readonly description: ModelDescription;
  readonly weights: ReadonlyMap<string, WeightNumbers>;
}

/**
 * Writes `model.json` and `weights.bin`, once it is known that they can be read again. The folder is the model: another can
 * be put in its place.
 *
 * @param weights numbers of each weight that the architecture has
 * @throws ModelFilesError where the facts do not fit each other, a weight is missing, is of another size or holds what is no
 *   finite number, or a file cannot be written
 */
export async function writeModel(
  folder: string,
  facts: ModelFacts,
  weights: ReadonlyMap<string, Float32Array>,
): Promise<ModelDescription> {
  checkFacts(facts);
  const plan = planWeights(facts.architecture);
  const bytes = Buffer.concat(plan.map((planned) => bytesOf(planned, weights.get(planned.name))));
  const description = describeModel(facts, plan, bytes);
  await write(folder, WEIGHTS_FILE, bytes);
  await write(folder, DESCRIPTION_FILE, `${JSON.stringify(description, undefined, 2)}\n`);
  return description;
}

/** Reads a model folder, and checks it. @throws ModelFilesError */
export async function readModel(folder: string): Promise<ModelNumbers> {
  const description = parseModelDescription((await read(folder, DESCRIPTION_FILE)).toString("utf8"));
  const plan = planWeights(description.architecture);
  const bytes = await read(folder, WEIGHTS_FILE);
  const expected = plan.reduce((sum, { shape }) => sum + sizeOf(shape), 0) * Float32Array.BYTES_PER_ELEMENT;
  if (bytes.byteLength !== expected) {
    throw new ModelFilesError(WEIGHTS_FILE, `it has ${bytes.byteLength} bytes: its model takes ${expected}.`);
  }
  // A copy, because a file's buffer may start anywhere and floats must start at a multiple of four.
  const weights = cutNumbers(plan, new Float32Array(new Uint8Array(bytes).buffer));
  checkVersion(description, bytes); // last: what is wrong with a number says more
  return { description, weights };
}

function cutNumbers(plan: readonly PlannedWeight[], numbers: Float32Array): ReadonlyMap<string, WeightNumbers> {
  let offset = 0;
  return new Map(
    plan.map(({ name, shape }) => {
      const part = numbers.subarray(offset, (offset += sizeOf(shape)));
      checkFinite(name, part);
      return [name, { shape, numbers: part }];
    }),
  );
}

function bytesOf({ name, shape }: PlannedWeight, numbers: Float32Array | undefined): Buffer {
  if (!numbers) throw new ModelFilesError(WEIGHTS_FILE, `the weight "${name}" is missing.`);
  if (numbers.length !== sizeOf(shape)) {
    const problem = `the weight "${name}" has ${numbers.length} numbers: its model takes ${sizeOf(shape)}.`;
    throw new ModelFilesError(WEIGHTS_FILE, problem);
  }
  checkFinite(name, numbers);
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

function checkFinite(name: string, numbers: Float32Array): void {
  const place = numbers.findIndex((number) => !Number.isFinite(number));
  if (place >= 0) throw new ModelFilesError(WEIGHTS_FILE, `number ${place} of the weight "${name}" is not finite.`);
}

async function read(folder: string, file: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, file));
  } catch (cause) {
    throw new ModelFilesError(file, "it is missing or cannot be read.", { cause });
  }
}

async function write(folder: string, file: string, content: string | Uint8Array): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, file), content);
  } catch (cause) {
    throw new ModelFilesError(file, "it cannot be written.", { cause });
  }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

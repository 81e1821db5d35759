import { createHash } from "node:crypto";
import type { TrainingState } from "../training-state.js";
import { CheckpointDamagedError } from "./errors.js";
import type { TaskFingerprint } from "./task-fingerprint.js";

export interface Checkpoint {
  readonly task: TaskFingerprint;
  readonly state: TrainingState;
}

/** What the file begins with; raised when it holds something else. */
const MAGIC = Buffer.from("facet-ckpt-1\n\0\0\0");
const LENGTH_BYTES = 4;
const DIGEST_BYTES = 32;

interface Header extends Omit<TrainingState, "variables"> {
  readonly task: TaskFingerprint;
  /** In the order of their numbers. */
  readonly variables: readonly { readonly name: string; readonly size: number }[];
}

/** Magic, the header's length, the header as JSON, then of each variable weight and moments as little-endian floats, then SHA-256 of it all. */
export function writeCheckpoint({ task, state }: Checkpoint): Buffer {
  const { variables, ...facts } = state;
  const header: Header = {
    ...facts,
    task,
    variables: [...variables].map(([name, { weight }]) => ({ name, size: weight.length })),
  };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(json.byteLength);
  const numbers = [...variables.values()].flatMap(({ weight, first, second }) => [weight, first, second]);
  const content = Buffer.concat([
    MAGIC,
    length,
    json,
    ...numbers.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)),
  ]);
  return Buffer.concat([content, digestOf(content)]);
}

/** @throws CheckpointDamagedError */
export function readCheckpoint(bytes: Buffer): Checkpoint {
  const start = MAGIC.byteLength + LENGTH_BYTES;
  if (!bytes.subarray(0, MAGIC.byteLength).equals(MAGIC)) {
    throw new CheckpointDamagedError("it does not begin as one does");
  }
  const content = bytes.subarray(0, Math.max(start, bytes.byteLength - DIGEST_BYTES));
  if (!digestOf(content).equals(bytes.subarray(content.byteLength))) {
    throw new CheckpointDamagedError("it is cut off, or was changed");
  }
  const end = start + content.readUInt32LE(MAGIC.byteLength);
  const header = JSON.parse(content.toString("utf8", start, end)) as Header; // the digest vouches for it
  // A copy, because floats must start at a multiple of four.
  const numbers = new Float32Array(new Uint8Array(content.subarray(end)).buffer);
  let offset = 0;
  const take = (size: number) => numbers.slice(offset, (offset += size));
  const { task, variables, ...facts } = header;
  return {
    task,
    state: {
      ...facts,
      variables: new Map(
        variables.map(({ name, size }) => [name, { weight: take(size), first: take(size), second: take(size) }]),
      ),
    },
  };
}

function digestOf(content: Uint8Array): Buffer {
  return createHash("sha256").update(content).digest();
}

import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { TrainingState } from "../training-state.js";
import { readCheckpoint, writeCheckpoint, type Checkpoint } from "./checkpoint-bytes.js";
import { CheckpointDamagedError, CheckpointMismatchError } from "./errors.js";
import { differencesOf, type TaskFingerprint } from "./task-fingerprint.js";

const NAME = "training.checkpoint";

/** The one checkpoint of a training, in the folder that its model will be written to. */
export class CheckpointFile {
  readonly #file: string;

  constructor(
    folder: string,
    private readonly task: TaskFingerprint,
  ) {
    this.#file = join(folder, NAME);
  }

  /**
   * Where this very task was left; nothing where it was not begun. A damaged file is left out with a line: what it held
   * is lost either way.
   *
   * @param say takes lines for people
   * @throws CheckpointMismatchError where another task was left there
   */
  async read(say: (line: string) => void): Promise<TrainingState | undefined> {
    const found = await this.#find(say);
    if (!found) return undefined;
    const differences = differencesOf(found.task, this.task);
    if (differences.length > 0) {
      throw new CheckpointMismatchError(`${this.#file} (step ${found.state.step})`, differences);
    }
    return found.state;
  }

  /** In one move: a kill leaves the checkpoint before it, or this one. */
  async write(state: TrainingState): Promise<void> {
    const file = await open(this.#beside, "w");
    try {
      await file.writeFile(writeCheckpoint({ task: this.task, state }));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(this.#beside, this.#file);
  }

  async remove(): Promise<void> {
    for (const file of [this.#file, this.#beside]) await rm(file, { force: true });
  }

  get #beside(): string {
    return `${this.#file}.tmp`;
  }

  async #find(say: (line: string) => void): Promise<Checkpoint | undefined> {
    let bytes;
    try {
      bytes = await readFile(this.#file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
    try {
      return readCheckpoint(bytes);
    } catch (error) {
      if (!(error instanceof CheckpointDamagedError)) throw error;
      say(`${this.#file} is not used, training begins anew. ${error.message}`);
      return undefined;
    }
  }
}

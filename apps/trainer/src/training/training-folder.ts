import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CheckpointFile } from "./checkpoint/checkpoint-file.js";
import { CheckpointMismatchError } from "./checkpoint/errors.js";
import { differencesOf, type TaskFingerprint } from "./checkpoint/task-fingerprint.js";

const FINISHED = "finished.json";

/** What is kept of a training that came to its end, so that it is not done again. */
export interface Finished {
  readonly task: TaskFingerprint;
  readonly modelVersion: string;
  /** Spent on training. */
  readonly seconds: number;
}

/** The folder that a training's model goes to, with what tells how far it came. */
export class TrainingFolder {
  readonly checkpoint: CheckpointFile;

  constructor(
    readonly folder: string,
    private readonly task: TaskFingerprint,
    /** Whether the end is noted, too: more is trained after it. */
    private readonly isOneOfSeveral: boolean,
  ) {
    this.checkpoint = new CheckpointFile(folder, task);
  }

  /**
   * Before anything long begins.
   *
   * @throws CheckpointMismatchError where another task was begun or finished there
   */
  async check(): Promise<void> {
    await this.checkpoint.read(() => undefined);
    await this.readFinished();
  }

  /** @throws CheckpointMismatchError */
  async readFinished(): Promise<Finished | undefined> {
    if (!this.isOneOfSeveral) return undefined;
    let finished: Finished;
    try {
      finished = JSON.parse(await readFile(join(this.folder, FINISHED), "utf8")) as Finished; // written by `finish` alone
    } catch {
      return undefined; // not finished, or not noted whole: trained again
    }
    const differences = differencesOf(finished.task, this.task);
    if (differences.length > 0) throw new CheckpointMismatchError(join(this.folder, FINISHED), differences);
    return finished;
  }

  /** The model is in its folder. One of several is noted, and needs its checkpoint no more. */
  async finish(facts: Omit<Finished, "task">): Promise<void> {
    if (!this.isOneOfSeveral) return;
    await writeFile(join(this.folder, FINISHED), `${JSON.stringify({ task: this.task, ...facts }, undefined, 2)}\n`);
    await this.checkpoint.remove();
  }

  async discard(): Promise<void> {
    await this.checkpoint.remove();
    await this.forgetEnd();
  }

  /** Another model takes the place of the one that it ended with. */
  async forgetEnd(): Promise<void> {
    await rm(join(this.folder, FINISHED), { force: true });
  }

  /** With the model. */
  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

import { join } from "node:path";
import type { TaskFingerprint } from "./checkpoint/task-fingerprint.js";
import { TrainingFolder } from "./training-folder.js";

const FIRST = "first-training";

/** Where one seed is trained, once or twice. A first training that was begun for both goes on for one alone, and the other way round. */
export class SeedFolders {
  readonly first: TrainingFolder;
  /** Its model is the seed's. */
  readonly last: TrainingFolder;

  constructor(
    readonly folder: string,
    readonly seed: number,
    task: TaskFingerprint,
    private readonly isOneOfSeveral: boolean,
  ) {
    const taskOn = (part: string): TaskFingerprint => ({ ...task, seed: String(seed), "the part trained on": part });
    this.first = new TrainingFolder(join(folder, FIRST), taskOn("all but validation's"), true);
    this.last = new TrainingFolder(folder, taskOn("all"), isOneOfSeveral);
  }

  /**
   * Before anything long begins.
   *
   * @throws CheckpointMismatchError where another task was begun or finished there
   */
  async check(): Promise<void> {
    for (const training of [this.first, this.last]) await training.check();
  }

  async discard(): Promise<void> {
    for (const training of [this.first, this.last]) await training.discard();
  }

  /** All is written: what fails from now on cannot cost a training. One of several seeds keeps its first model. */
  async close(): Promise<void> {
    for (const training of [this.first, this.last]) await training.checkpoint.remove();
    if (!this.isOneOfSeveral) await this.first.remove();
  }
}

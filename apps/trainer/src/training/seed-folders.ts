import { join } from "node:path";
import type { TaskFingerprint } from "./checkpoint/task-fingerprint.js";
import { TrainingFolder } from "./training-folder.js";

const FIRST = "first-training";

/** Where one seed is trained, once or twice. */
export class SeedFolders {
  readonly first: TrainingFolder;
  /** Where the model of a second training goes, in the place of the first one's. */
  readonly last: TrainingFolder | undefined;

  constructor(
    readonly folder: string,
    readonly seed: number,
    task: TaskFingerprint,
    private readonly options: { readonly isOneOfSeveral: boolean; readonly once: boolean },
  ) {
    const { isOneOfSeveral, once } = options;
    const taskOn = (part: string): TaskFingerprint => ({ ...task, seed: String(seed), "the part trained on": part });
    const [most, all] = [taskOn("all but validation's"), taskOn("all")];
    this.first = once
      ? new TrainingFolder(folder, most, isOneOfSeveral)
      : new TrainingFolder(join(folder, FIRST), most, true);
    this.last = once ? undefined : new TrainingFolder(folder, all, isOneOfSeveral);
  }

  /**
   * Before anything long begins.
   *
   * @throws CheckpointMismatchError where another task was begun or finished there
   */
  async check(): Promise<void> {
    for (const training of this.#trainings()) await training.check();
  }

  async discard(): Promise<void> {
    for (const training of this.#trainings()) await training.discard();
  }

  /** All is written: what fails from now on cannot cost a training. One of several seeds keeps its first model. */
  async close(): Promise<void> {
    for (const training of this.#trainings()) await training.checkpoint.remove();
    if (this.last && !this.options.isOneOfSeveral) await this.first.remove();
  }

  #trainings(): TrainingFolder[] {
    return this.last ? [this.first, this.last] : [this.first];
  }
}

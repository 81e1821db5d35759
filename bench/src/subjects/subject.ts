import { timed } from "../statistics.js";

/** What a subject may be asked to do. */
export type Job = { readonly kind: "encode"; readonly images: number; readonly atOnce: number } | ScoreJob;

export interface ScoreJob {
  readonly kind: "score";
  readonly viewers: number;
  /** Viewers in one batch. */
  readonly atOnce: number;
  readonly frames: number;
  readonly likes: number;
}

export type SubjectMessage =
  | { readonly kind: "ready"; readonly about: string }
  | { readonly kind: "done"; readonly ms: number }
  | { readonly kind: "failed"; readonly reason: string };

/** Makes a job's input, which is not measured, and gives what is to be. */
export type Prepare = (job: Job) => () => Promise<unknown>;

/** Tells the benchmark that this process is ready, and does what it is asked, one job at a time. */
export function serve(about: string, prepare: Prepare): void {
  process.on("message", (job: Job) => {
    void timed(prepare(job)).then(
      (ms) => tell({ kind: "done", ms }),
      (error: unknown) => tell({ kind: "failed", reason: String(error) }),
    );
  });
  tell({ kind: "ready", about });
}

function tell(message: SubjectMessage): void {
  process.send?.(message);
}

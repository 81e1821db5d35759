import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Releasers } from "../releasers.js";
import type { Job, SubjectMessage } from "./subject.js";

export type SubjectName = "models" | "stock-gru" | "bare-apollo";

/** Something to be measured in a process of its own, so that neither its libraries nor its load touch another's. */
export class SubjectProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** What it says of itself once it is ready. */
    readonly about: string,
  ) {}

  /** @param releasers stop it at the end, also where another one failed to start meanwhile */
  static async start(
    releasers: Releasers,
    name: SubjectName,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<SubjectProcess> {
    const file = fileURLToPath(new URL(`../../dist/subjects/${name}.js`, import.meta.url));
    const child = fork(file, { env: { ...process.env, NODE_ENV: "production", ...environment } });
    releasers.add(() => stop(child));
    const message = await next(child);
    if (message.kind !== "ready") throw new Error(`${name} did not say that it is ready.`);
    return new SubjectProcess(child, message.about);
  }

  /** @returns milliseconds that the job took in there */
  async measure(job: Job): Promise<number> {
    this.child.send(job);
    const message = await next(this.child);
    if (message.kind !== "done") throw new Error(message.kind === "failed" ? message.reason : "No job was done.");
    return message.ms;
  }

  stop(): Promise<void> {
    return stop(this.child);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
}

async function next(child: ChildProcess): Promise<SubjectMessage> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`A process ended with ${String(code)}.`));
    child.once("exit", onExit);
    child.once("message", (message) => {
      child.off("exit", onExit);
      resolve(message as SubjectMessage);
    });
  });
}

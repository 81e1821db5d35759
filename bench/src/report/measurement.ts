import { cpus, loadavg, totalmem } from "node:os";
import { findFfmpeg } from "@facet/frame-extraction";
import type { MeasuredRow } from "../measured-row.js";

/** A row, and when and on what it was measured. */
export interface Measurement {
  readonly row: MeasuredRow;
  readonly date: string;
  readonly machine: string;
  /** What waited for a processor just before, on the average of a minute: more than nothing disturbs the figures. */
  readonly loadBefore: number;
}

export function readLoad(): number {
  return loadavg()[0] ?? 0;
}

export async function describeMachine(): Promise<string> {
  const [processor] = cpus();
  const memory = (totalmem() / 1024 ** 3).toFixed(0);
  const { version } = await findFfmpeg();
  const model = processor?.model.trim() ?? "unknown processor";
  return `${cpus().length} x ${model}, ${memory} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}, ffmpeg ${version}`;
}

import Table from "cli-table3";
import { clockTime, type ShownCover } from "./shown-covers.js";

/** One line a cover. */
export function printTable(covers: readonly ShownCover[]): void {
  const table = new Table({
    head: ["video", "viewer", "cover at", "of frames", "probability", "basis", "reason"],
    colAligns: ["left", "left", "right", "right", "right", "left", "left"],
    style: { head: [], border: [] },
  });
  for (const { video, viewer, cover } of covers) {
    table.push([
      video.title,
      `${viewer.name}, ${viewer.about}`,
      clockTime(cover.frame.timestampMs),
      cover.candidates.length,
      cover.probability.toFixed(3),
      cover.basis,
      cover.reason,
    ]);
  }
  console.log(table.toString());
}

import { copyFile } from "node:fs/promises";
import { join } from "node:path";

/** With its curve, into a folder that is there. */
export async function copyModel(from: string, to: string): Promise<void> {
  // The description last: a folder without one is no model.
  for (const file of ["weights.bin", "training-curve.svg", "model.json"])
    await copyFile(join(from, file), join(to, file));
}

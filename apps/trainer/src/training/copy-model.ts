import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { TRAINING_CURVE } from "./training-curve.js";

/** With its curve, into a folder that is there. */
export async function copyModel(from: string, to: string): Promise<void> {
  // The description last: a folder without one is no model.
  for (const file of ["weights.bin", TRAINING_CURVE, "model.json"]) await copyFile(join(from, file), join(to, file));
}

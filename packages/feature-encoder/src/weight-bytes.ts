import type { io } from "@tensorflow/tfjs-core";
import { joinBytes } from "./join-bytes.js";

/** A model's weights as they are stored, in one piece, whether or not its source had them in several. */
export function weightBytes({ weightData = [] }: io.ModelArtifacts): Uint8Array<ArrayBuffer> {
  return Array.isArray(weightData) ? joinBytes(weightData) : new Uint8Array(weightData);
}

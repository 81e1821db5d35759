import { joinBytes } from "./join-bytes.js";
import type { ModelArtifacts } from "./model-artifacts.js";

/** A model's weights as they are stored, in one piece, whether or not its source had them in several. */
export function weightBytes({ weightData = [] }: ModelArtifacts): Uint8Array<ArrayBuffer> {
  return Array.isArray(weightData) ? joinBytes(weightData) : new Uint8Array(weightData);
}

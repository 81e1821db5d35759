import { createRequire } from "node:module";
import { dirname } from "node:path";

/** The folder of the model that comes with the scorer's package. */
export function shippedWeights(): string {
  return dirname(createRequire(import.meta.url).resolve("@facet/interest-attention/weights/model.json"));
}

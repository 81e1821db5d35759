import type { Backbone } from "@facet/feature-encoder";

/** Undefined for the shipped one. Only then is TensorFlow.js not loaded, which a thread that runs no network does not need. */
export async function readBackbone({
  backbone,
}: {
  readonly backbone?: string | undefined;
}): Promise<Backbone | undefined> {
  if (backbone === undefined) return undefined;
  const { readBackboneFile } = await import("@facet/feature-encoder");
  return readBackboneFile(backbone);
}

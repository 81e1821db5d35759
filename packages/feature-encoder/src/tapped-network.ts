import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type { Backbone } from "./backbone.js";
import { BackboneDescriptionError } from "./errors.js";

/** A loaded network, whatever its format, of which only some outputs are wanted. */
export interface TappedNetwork {
  /**
   * @param images [batch, height, width, 3] in the backbone's range
   * @returns      an output for each of `wantedOutputs`, in their order; the caller disposes of them
   */
  execute(images: Tensor4D): Tensor[];
  dispose(): void;
}

/** The taps, then the class output where there is one. */
export function wantedOutputs({ taps, unsafe }: Backbone): string[] {
  return unsafe === "none" ? [...taps] : [...taps, unsafe.node];
}

/**
 * Whether the one input takes such pictures; a side that the network leaves open takes any.
 *
 * @param inputs shapes of the network's inputs, `[batch, height, width, channel]`; null or -1 is open
 * @throws BackboneDescriptionError
 */
export function checkInputs(
  { name, input }: Backbone,
  inputs: readonly (readonly (number | null)[] | undefined)[],
): void {
  if (inputs.length !== 1) {
    throw new BackboneDescriptionError(name, `it has ${inputs.length} inputs: an encoder has one.`);
  }
  const [shape] = inputs;
  if (!shape) return; // the graph leaves it open; running it will tell
  const wanted = [null, input.height, input.width, 3];
  const isOpen = (side: number | null | undefined) => side === null || side === undefined || side < 0;
  if (shape.length !== 4 || !shape.every((side, i) => isOpen(side) || isOpen(wanted[i]) || side === wanted[i])) {
    const taken = shape.slice(1).map((side) => (isOpen(side) ? "any" : side));
    throw new BackboneDescriptionError(
      name,
      `it takes inputs of ${taken.join(" x ")}, not ${wanted.slice(1).join(" x ")} (input.height, input.width, RGB).`,
    );
  }
}

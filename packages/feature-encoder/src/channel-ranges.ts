import type { BackboneInput } from "./backbone.js";

/** What a byte becomes in red, green and blue: `low + byte x scale`. */
export function channelScales({ range }: BackboneInput): readonly { readonly low: number; readonly scale: number }[] {
  const ranges = range.length === 3 ? range : [range, range, range];
  return ranges.map(([low, high]) => ({ low, scale: (high - low) / 255 }));
}

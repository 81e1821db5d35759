import type { FrameQuality } from "@facet/domain";

/**
 * The formula that was used before weights were fitted, its constants set by eye: what fitting is held against.
 *
 * @returns 0..1
 */
export function scoreByEye(quality: FrameQuality): number {
  const sharp = share(Math.log(Math.max(quality.sharpness, 1e-9) / 0.0003) / Math.log(100));
  const exposed = share(1 - (Math.abs(quality.brightness - 0.47) - 0.12) / 0.33);
  const contrasty = share(quality.contrast / 0.25);
  const colourful = share(quality.colourfulness / 0.3);
  const varied = share(1 - (quality.uniformity - 0.3) / 0.6);
  const fitness = Math.min(1, 4 * sharp) * Math.min(1, 4 * exposed) * varied;
  return fitness * (0.35 * sharp + 0.25 * exposed + 0.2 * contrasty + 0.2 * colourful);
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value));
}

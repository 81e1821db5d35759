import type { FrameQuality } from "@facet/domain";

/**
 * How good a cover a picture is where nothing is known of the viewer: 0..1, higher is better.
 *
 *     score = fitness x (0.35 sharp + 0.25 exposed + 0.20 contrasty + 0.20 colourful)
 *     fitness = min(1, 4 sharp) x min(1, 4 exposed) x varied
 *
 * where each term is 0..1:
 *
 *     sharp     = log(sharpness / 0.0003) / log(0.03 / 0.0003)        the eye judges blur by ratios
 *     exposed   = 1 - (|brightness - 0.47| - 0.12) / 0.33             0.35..0.59 is all good; 0.02 and 0.92 are 0
 *     contrasty = contrast / 0.25
 *     colourful = colourfulness / 0.3                                 Hasler and Suesstrunk's "quite colourful"
 *     varied    = 1 - (uniformity - 0.3) / 0.6                        0 where nine tenths are one grey
 *
 * The weighted sum ranks good pictures; the factor sinks a picture that one fault alone spoils. The constants were set by
 * eye on photographs and on copies of them that were blurred, darkened and blown out, not fitted to anyone's choices.
 */
export function qualityScore(quality: FrameQuality): number {
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

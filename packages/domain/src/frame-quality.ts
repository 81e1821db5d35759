/**
 * What can be measured of a picture without knowing what it shows. Every measure is on the picture at 224 x 224 px, luma
 * (Rec. 601) on the scale of 0 to 1; only `steadiness` looks beyond the picture.
 */
export interface FrameQuality {
  /** Mean luma, 0 black .. 1 white. */
  readonly brightness: number;
  /** Standard deviation of luma, 0 flat .. 0.5. */
  readonly contrast: number;
  /** Variance of the luma's Laplacian. 0 blank; below about 0.0005 a person calls it blurred. */
  readonly sharpness: number;
  /** Share of pixels in the fullest twentieth of the luma histogram, 0.. 1 one grey. */
  readonly uniformity: number;
  /** Colourfulness of Hasler and Suesstrunk (2003), divided by 255; 0 grey .. about 0.6. */
  readonly colourfulness: number;
  /** Share of pixels that are as good as black or white (luma up to 0.02 or from 0.98), 0..1. */
  readonly clipping: number;
  /** Standard deviation of noise, measured where the picture is calmest: 0 clean; from about 0.02 a person sees grain. */
  readonly noise: number;
  /** How much less fine detail there is along one direction than across it, 0 alike .. 1 smeared by motion. */
  readonly smear: number;
  /** Share of the picture, in tiles of 16 px, that is not flat, 0 nothing to see .. 1 something everywhere. */
  readonly detail: number;
  /** Share of the picture that strokes of writing cover, 0 none .. about 0.3; from about 0.01 it is a title or credits. */
  readonly text: number;
  /** Time to the nearest frame of another shot or inside a fade, in quarters of a second, at most 1; 0 inside a fade. 1 for a single picture. */
  readonly steadiness: number;
}

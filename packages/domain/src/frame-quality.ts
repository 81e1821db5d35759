/** What can be measured of a picture without knowing what it shows. Every measure is on the picture at 224 x 224 px. */
export interface FrameQuality {
  /** Mean luma (Rec. 601), 0 black .. 1 white. */
  readonly brightness: number;
  /** Standard deviation of luma, 0 flat .. 0.5. */
  readonly contrast: number;
  /** Variance of the luma's Laplacian, on the scale where luma is 0..1. 0 blank; below about 0.0005 a person calls it blurred. */
  readonly sharpness: number;
  /** Share of pixels in the fullest twentieth of the luma histogram, 0.. 1 one grey. */
  readonly uniformity: number;
  /** Colourfulness of Hasler and Suesstrunk (2003), divided by 255; 0 grey .. about 0.6. */
  readonly colourfulness: number;
}

import type { QualityWeights } from "./measure-weights.js";

/**
 * What each measure is worth, fitted on sound and spoiled pictures. Written by a command; not to be edited by hand:
 *
 *     npm run fit-quality -- --photos medium --photos large --per-interest 3 --seed 1 --out quality-weights.ts
 *
 * Data: 4595 pictures of 195 photos of 65 interests of the folders medium and large; L2 0.0001, chosen on a fifth of those interests. Date: 2026-11-24.
 */
export const QUALITY_WEIGHTS: QualityWeights = {
  faultless: 3.269,
  measures: {
    brightness: {
      scale: "linear",
      points: [
        [0.04, -2.218],
        [0.1, -0.821],
        [0.2, -0.501],
        [0.3, 0],
        [0.45, 0],
        [0.6, -0.089],
        [0.7, -0.089],
        [0.8, -0.089],
        [0.92, -0.089],
      ],
    },
    contrast: {
      scale: "linear",
      points: [
        [0.02, -6.235],
        [0.06, -3.812],
        [0.1, -1.742],
        [0.15, -1.371],
        [0.2, -0.589],
        [0.25, 0],
      ],
    },
    sharpness: {
      scale: "ratio",
      points: [
        [0.0001, -6.279],
        [0.0003, -2.966],
        [0.001, -0.605],
        [0.003, -0.599],
        [0.01, -0.193],
        [0.03, 0],
      ],
    },
    uniformity: {
      scale: "linear",
      points: [
        [0.15, 0],
        [0.25, 0],
        [0.4, 0],
        [0.6, 0],
        [0.8, -0.044],
        [0.95, -0.866],
      ],
    },
    colourfulness: {
      scale: "linear",
      points: [
        [0, -0.889],
        [0.05, -0.889],
        [0.1, -0.889],
        [0.2, -0.889],
        [0.3, 0],
      ],
    },
    clipping: {
      scale: "linear",
      points: [
        [0, 0],
        [0.05, -0.431],
        [0.2, -0.431],
        [0.4, -0.431],
        [0.7, -0.431],
        [0.9, -0.665],
      ],
    },
    noise: {
      scale: "linear",
      points: [
        [0.005, 0],
        [0.01, 0],
        [0.02, -0.321],
        [0.04, -4.726],
        [0.08, -7.694],
      ],
    },
    smear: {
      scale: "linear",
      points: [
        [0.1, 0],
        [0.25, 0],
        [0.4, 0],
        [0.55, 0],
        [0.7, 0],
        [0.85, -1.728],
      ],
    },
    detail: {
      scale: "linear",
      points: [
        [0.1, -0.283],
        [0.3, -0.283],
        [0.5, 0],
        [0.7, 0],
        [0.85, 0],
        [1, 0],
      ],
    },
    text: {
      scale: "ratio",
      points: [
        [0.001, 0],
        [0.003, -1.521],
        [0.01, -1.812],
        [0.03, -2.69],
        [0.1, -3.462],
      ],
    },
    steadiness: {
      scale: "linear",
      points: [
        [0, -2.278],
        [0.25, 0],
        [0.5, 0],
        [0.75, 0],
        [1, 0],
      ],
    },
  },
};

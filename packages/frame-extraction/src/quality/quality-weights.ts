import type { QualityWeights } from "./quality-score.js";

/**
 * What each measure is worth, fitted on sound and spoiled pictures. Written by a command; not to be edited by hand:
 *
 *
 *
 * Data: . Date: .
 */
export const QUALITY_WEIGHTS: QualityWeights = {
  faultless: 3.436,
  measures: {
    brightness: {
      scale: "linear",
      points: [
        [0.04, -2.678],
        [0.1, -0.776],
        [0.2, -0.544],
        [0.3, 0],
        [0.45, 0],
        [0.6, -0.1],
        [0.7, -0.1],
        [0.8, -0.1],
        [0.92, -0.1],
      ],
    },
    contrast: {
      scale: "linear",
      points: [
        [0.02, -6.317],
        [0.06, -3.888],
        [0.1, -1.635],
        [0.15, -1.435],
        [0.2, -0.6],
        [0.25, 0],
      ],
    },
    sharpness: {
      scale: "ratio",
      points: [
        [0.0001, -6.569],
        [0.0003, -3.177],
        [0.001, -0.71],
        [0.003, -0.71],
        [0.01, -0.281],
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
        [0.8, -0.03],
        [0.95, -1.008],
      ],
    },
    colourfulness: {
      scale: "linear",
      points: [
        [0, -0.904],
        [0.05, -0.904],
        [0.1, -0.904],
        [0.2, -0.904],
        [0.3, 0],
      ],
    },
    clipping: {
      scale: "linear",
      points: [
        [0, 0],
        [0.05, -0.367],
        [0.2, -0.367],
        [0.4, -0.367],
        [0.7, -0.367],
        [0.9, -0.465],
      ],
    },
    noise: {
      scale: "linear",
      points: [
        [0.005, 0],
        [0.01, 0],
        [0.02, 0],
        [0.04, -5.979],
        [0.08, -7.212],
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
        [0.85, -1.762],
      ],
    },
    detail: {
      scale: "linear",
      points: [
        [0.1, -0.286],
        [0.3, -0.286],
        [0.5, 0],
        [0.7, 0],
        [0.85, 0],
        [1, 0],
      ],
    },
    text: {
      scale: "ratio",
      points: [
        [0.0003, 0],
        [0.001, -1.043],
        [0.003, -1.605],
        [0.01, -1.956],
        [0.03, -2.897],
        [0.1, -3.611],
      ],
    },
    steadiness: {
      scale: "linear",
      points: [
        [0, -2.344],
        [0.25, 0],
        [0.5, 0],
        [0.75, 0],
        [1, 0],
      ],
    },
  },
};

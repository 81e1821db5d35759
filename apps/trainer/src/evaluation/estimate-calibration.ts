import { CalibrationBins, type Confidence } from "./calibration.js";
import type { Estimate, ViewerClusters } from "./clustered-bootstrap.js";

/** The expected calibration error over all viewers, with its interval. */
export function estimateCalibration(confidences: readonly Confidence[], clusters: ViewerClusters): Estimate {
  const bins = clusters.members.map(
    (members) => new CalibrationBins(members.flatMap((viewer) => confidences[viewer] ?? [])),
  );
  return clusters.estimate((drawn) => {
    const together = new CalibrationBins();
    for (const cluster of drawn) {
      const part = bins[cluster];
      if (part) together.add(part);
    }
    return together.error();
  });
}

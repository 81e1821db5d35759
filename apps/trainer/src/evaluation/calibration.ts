const BINS = 10;

/** One decision's confidence, and whether it was right. */
export interface Confidence {
  /** Probability given to the chosen frame, 0..1. */
  readonly probability: number;
  readonly hit: boolean;
}

/** The decisions of like confidence. */
export interface ReliabilityBin {
  /** Mean probability given to the chosen frame, 0..1. */
  readonly confidence: number;
  /** Share of the decisions that were right, 0..1. */
  readonly hitRate: number;
  readonly decisions: number;
}

/** Sums from which the calibration error of any union of viewers follows: per bin of confidence, count, hits, confidence. */
export class CalibrationBins {
  private readonly sums: Float64Array;

  constructor(confidences: Iterable<Confidence> = []) {
    this.sums = new Float64Array(3 * BINS);
    for (const { probability, hit } of confidences) {
      const bin = Math.min(BINS - 1, Math.max(0, Math.floor(probability * BINS)));
      this.addTo(3 * bin, 1);
      this.addTo(3 * bin + 1, hit ? 1 : 0);
      this.addTo(3 * bin + 2, probability);
    }
  }

  add(other: CalibrationBins): void {
    for (const [i, sum] of other.sums.entries()) this.addTo(i, sum);
  }

  /** Expected calibration error, 0..1 (Naeini et al. 2015): how far confidence and hit rate differ, over ten equal bins. */
  error(): number {
    let gap = 0;
    let viewers = 0;
    for (let bin = 0; bin < BINS; bin++) {
      viewers += this.sums[3 * bin] ?? 0;
      gap += Math.abs((this.sums[3 * bin + 1] ?? 0) - (this.sums[3 * bin + 2] ?? 0));
    }
    return viewers === 0 ? 0 : gap / viewers;
  }

  /** In order of confidence; those without a decision are left out. */
  bins(): ReliabilityBin[] {
    return Array.from({ length: BINS }, (_, bin) => {
      const decisions = this.sums[3 * bin] ?? 0;
      const mean = (part: number) => (this.sums[3 * bin + part] ?? 0) / Math.max(1, decisions);
      return { confidence: mean(2), hitRate: mean(1), decisions };
    }).filter(({ decisions }) => decisions > 0);
  }

  private addTo(place: number, amount: number): void {
    this.sums[place] = (this.sums[place] ?? 0) + amount;
  }
}

import type { QualityWeights } from "@facet/frame-extraction";
import { writeOutput } from "../../output-files.js";

/** What the file says of how it came to be. */
export interface FitRecord {
  readonly command: string;
  readonly data: string;
  readonly date: string;
}

/**
 * Writes weights as the module that @facet/frame-extraction reads them from.
 *
 * @throws OutputFileError
 */
export async function writeWeights(file: string, weights: QualityWeights, record: FitRecord): Promise<void> {
  await writeOutput(file, renderWeights(weights, record));
}

export function renderWeights({ faultless, measures }: QualityWeights, { command, data, date }: FitRecord): string {
  const lines = Object.entries(measures).map(([measure, { scale, points }]) => {
    const rows = points.map(([value, logOdds]) => `        [${value}, ${round(logOdds)}],`);
    return [`    ${measure}: {`, `      scale: "${scale}",`, "      points: [", ...rows, "      ],", "    },"].join(
      "\n",
    );
  });
  return `import type { QualityWeights } from "./measure-weights.js";

/**
 * What each measure is worth, fitted on sound and spoiled pictures. Written by a command; not to be edited by hand:
 *
 *     ${command}
 *
 * Data: ${data}. Date: ${date}.
 */
export const QUALITY_WEIGHTS: QualityWeights = {
  faultless: ${round(faultless)},
  measures: {
${lines.join("\n")}
  },
};
`;
}

function round(value: number): number {
  return Number(value.toFixed(3)) + 0; // no negative zero
}

import type { Command } from "commander";
import { CACHE_HELP, gather, LARGEST_SEED, PHOTOS_HELP, wholeNumber } from "../command-line.js";
import type { FitQualityOptions } from "./fit/run-fit-quality.js";
import type { JudgeQualityOptions } from "./judge/run-judge-quality.js";

export function addQualityCommands(program: Command, tell: (line: string) => void): void {
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  program
    .command("fit-quality")
    .description(
      "Fits the weights of the quality score on photos and on copies of them that are spoiled in many ways, judges them " +
        "on interests held out, and writes them as the module that frame-extraction reads.",
    )
    .requiredOption("--photos <dir>", PHOTOS_HELP, gather)
    .requiredOption("--out <file>", "the module to write (quality-weights.ts)")
    .option("--per-interest <n>", "photos taken of each interest", wholeNumber(1, 1000), 3)
    .option("--seed <n>", "another seed takes other photos and spoils them otherwise", wholeNumber(0, LARGEST_SEED), 1)
    .option("--cache <dir>", CACHE_HELP)
    .action(async (options: FitQualityOptions) => {
      const { runFitQuality } = await import("./fit/run-fit-quality.js");
      await runFitQuality(options, tell, print);
    });

  program
    .command("judge-quality")
    .description(
      "Picks a cover without history from real clips and from films made of them, in several ways, ffmpeg's thumbnail " +
        "filter among them; draws the picks side by side, and counts how often each way picks a spoiled frame.",
    )
    .requiredOption(
      "--videos <file>",
      "a clip; where only a part of it is fit for scenes, FILE@FROM-TO in seconds; may be given several times",
      gather,
    )
    .requiredOption("--sheet <file>", "the JPEG to draw the picks on")
    .option("--json <file>", "write the results there, too")
    .option("--films <n>", "films to make", wholeNumber(1, 10_000), 40)
    .option("--seed <n>", "another seed makes other films", wholeNumber(0, LARGEST_SEED), 1)
    .action(async (options: JudgeQualityOptions) => {
      const { runJudgeQuality } = await import("./judge/run-judge-quality.js");
      await runJudgeQuality(options, tell, print);
    });
}

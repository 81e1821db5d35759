import type { Command } from "commander";
import {
  BACKBONE_HELP,
  CACHE_HELP,
  gather,
  LARGEST_SEED,
  orComplain,
  PHOTOS_HELP,
  wholeNumber,
} from "../command-line.js";
import { WORLDS } from "../episodes/episode.js";
import { parseCompared, parseWorlds, type ComparedModel, type EvaluationOptions } from "./evaluation-options.js";

/** As commander gathers them; what may be given several times is missing where it was not. */
type EvaluateFlags = Omit<EvaluationOptions, "worlds" | "compare" | "fitPhotos"> &
  Partial<Pick<EvaluationOptions, "worlds" | "compare" | "fitPhotos">>;

export function addEvaluateCommand(program: Command, tell: (line: string) => void): void {
  program
    .command("evaluate")
    .description(
      "A table of methods by worlds: who finds the frame that a viewer would like. All interests of the folders are " +
        "judged, unless --held-out is given: then only those that `train` never sees.",
    )
    .requiredOption("--photos <dir>", PHOTOS_HELP, gather)
    .option("--model <dir>", "folder of a trained scorer (default: the shipped one)")
    .option(
      "--compare <name=dir>",
      "judge the trained scorer of another folder, too, under that name; may be given several times",
      gatherCompared,
    )
    .option("--backbone <file>", BACKBONE_HELP)
    .option("--worlds <list>", `some of ${WORLDS.join(",")} (default: all)`, orComplain(parseWorlds))
    .option("--viewers <n>", "viewers in each world, spread evenly over the folders", wholeNumber(1, 100_000), 400)
    .option("--seed <n>", "another seed makes other viewers and videos", wholeNumber(0, LARGEST_SEED), 1)
    .option("--json <file>", "write the results there, too")
    .option("--report <file>", "write a report there, with charts: a page (.html) that needs nothing beside it")
    .option("--chart <file>", "draw what the scorer wins over the best simple method of each world there (.svg)")
    .option("--cache <dir>", CACHE_HELP)
    .option("--held-out", "judge on held-out interests; the others fit the LDA metric of the lda methods", false)
    .option(
      "--fit-photos <dir>",
      "fit the LDA metric on these folders' training interests; may be given several times",
      gather,
    )
    .action(async (flags: EvaluateFlags) => {
      // Loaded when needed: tensors take a second to load, and help and mistakes should not wait for them.
      const { runEvaluation } = await import("./run-evaluation.js");
      const options = { worlds: WORLDS, fitPhotos: [], compare: [], ...flags };
      await runEvaluation(options, tell, (text) => process.stdout.write(`${text}\n`));
    });
}

function gatherCompared(text: string, before: readonly ComparedModel[] = []): ComparedModel[] {
  return orComplain((one) => parseCompared(one, before))(text);
}

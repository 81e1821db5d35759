import { Option, type Command } from "commander";
import {
  CACHE_HELP,
  BACKBONE_HELP,
  gather,
  LARGEST_SEED,
  orComplain,
  PHOTOS_HELP,
  wholeNumber,
} from "../command-line.js";
import { TrainingStoppedError } from "./checkpoint/errors.js";
import { LABEL_KINDS, type Labels } from "./labels.js";
import { parseSeeds } from "./parse-seeds.js";
import { DEFAULT_STEPS, DEFAULT_STEPS_FROM_MODEL } from "./training-options.js";
import { DEFAULT_VARIANT, VARIANT_NAMES, type VariantName } from "./variant-names.js";

interface TrainFlags {
  photos?: string[];
  groups?: string[];
  out: string;
  from?: string;
  backbone?: string;
  steps?: number;
  seed: number;
  seeds?: number[];
  labels: Labels["kind"];
  variant: VariantName;
  once: boolean;
  restart: boolean;
  skipBadGroups: boolean;
  cache?: string;
  dataNote?: string;
  cardNote?: string[];
}

/** What a shell says of a process that a signal ended: 128 and the signal's number. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** @param tell takes lines for people */
export function addTrainCommand(program: Command, tell: (line: string) => void): void {
  program
    .command("train")
    .description(
      "Trains a scorer on folders of interests, on a platform's own groups, or both. Some interests, always the same " +
        "ones, are held out: `evaluate --held-out` judges on them. Stopped and started again, it goes on where it was.",
    )
    .option("--photos <dir>", PHOTOS_HELP, gather)
    .option(
      "--groups <file>",
      'file of a platform\'s own groups, one JSON object a line: {"video": path, "category": text, "coverMs": number, ' +
        '"likes": [paths, oldest first]}; paths are relative to the file; may be given several times',
      gather,
    )
    .requiredOption("--out <dir>", "folder to write the model to")
    .option(
      "--from <dir>",
      "go on from this model instead of fresh weights (default with --groups alone: the shipped model)",
    )
    .option("--backbone <file>", BACKBONE_HELP)
    .option(
      "--steps <n>",
      `training steps (default: ${DEFAULT_STEPS}; ${DEFAULT_STEPS_FROM_MODEL} from a model)`,
      wholeNumber(1, 1_000_000),
    )
    .option("--seed <n>", "another seed makes other training groups and first weights", wholeNumber(0, LARGEST_SEED), 1)
    .addOption(
      new Option(
        "--seeds <list>",
        "train each of these seeds in a folder of its own in --out, and keep the middle one by its validation score",
      )
        .argParser(orComplain(parseSeeds))
        .conflicts("seed"),
    )
    .addOption(
      new Option("--labels <kind>", "what training is told: the right covers and the category, or the category alone")
        .choices(LABEL_KINDS)
        .default("cover"),
    )
    .addOption(
      new Option("--variant <name>", "the scorer to train: the shipped one, the literal one, or one without a part")
        .choices(VARIANT_NAMES)
        .default(DEFAULT_VARIANT),
    )
    .option(
      "--once",
      "train once, in half of the time: the interests for validation stay unseen by the model that is written; without " +
        "this a second training, with the first one's calibration, has them as well (default where training goes on from a model)",
      false,
    )
    .option("--restart", "discard what another training left half-done in --out", false)
    .option("--skip-bad-groups", "leave groups with faults out instead of refusing them", false)
    .option("--cache <dir>", CACHE_HELP)
    .option("--data-note <text>", "what the model card says of the pictures: their source and licence")
    .option("--card-note <file>", "Markdown to append to the model card; may be given several times", gather)
    .action(
      async ({ photos = [], groups = [], seed, seeds = [seed], cardNote: cardNotes = [], ...flags }: TrainFlags) => {
        // Loaded when needed: tensors take a second to load, and help and mistakes should not wait for them.
        const { runTraining } = await import("./index.js");
        const commandLine = `npm run train -- ${process.argv.slice(3).map(quote).join(" ")}`;
        try {
          await runTraining({ ...flags, photos, groups, seeds, cardNotes, commandLine }, tell);
        } catch (error) {
          if (!(error instanceof TrainingStoppedError)) throw error;
          tell(error.message);
          process.exitCode = EXIT_CODES[error.signal];
        }
      },
    );
}

/** As a shell would take it again. */
function quote(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}

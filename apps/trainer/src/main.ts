import { Command, InvalidArgumentError } from "commander";
import { FacetError } from "@facet/domain";
import { WORLDS, type World } from "./episodes/episode.js";
import { parseCount, parseWorlds } from "./evaluation/evaluation-options.js";

const program = new Command("facet-trainer")
  .description("Trains the scorer and judges it, on any folders of interests (one folder of photos per interest).")
  .showHelpAfterError("(--help tells more)");

interface EvaluateFlags {
  photos: string[];
  model?: string;
  worlds?: World[];
  viewers: number;
  seed: number;
  json?: string;
  cache?: string;
  heldOut: boolean;
  fitPhotos?: string[];
}

program
  .command("evaluate")
  .description(
    "A table of methods by worlds: who finds the frame that a viewer would like. All interests of the folders are judged " +
      "unless --held-out is given, which judges on those that `train` never sees.",
  )
  .requiredOption(
    "--photos <dir>",
    "folder of interests, or a folder of such folders; may be given several times",
    gather,
  )
  .option("--model <dir>", "folder of a trained scorer (default: the shipped one)")
  .option("--worlds <list>", `some of ${WORLDS.join(",")} (default: all)`, guarded(parseWorlds))
  .option(
    "--viewers <n>",
    "viewers in each world",
    guarded((text) => parseCount(text, 1, 100_000)),
    400,
  )
  .option(
    "--seed <n>",
    "another seed makes other viewers",
    guarded((text) => parseCount(text, 0, 2 ** 31 - 1)),
    1,
  )
  .option("--json <file>", "write the results there, too")
  .option("--cache <dir>", "folder in which features are kept (default: .facet/features of the repository)")
  .option("--held-out", "judge on held-out interests; the others fit the LDA metric", false)
  .option(
    "--fit-photos <dir>",
    "fit the LDA metric on these folders' training interests; may be given several times",
    gather,
  )
  .action(async (flags: EvaluateFlags) => {
    const { runEvaluation } = await import("./evaluation/run-evaluation.js");
    await runEvaluation({ fitPhotos: [], worlds: WORLDS, ...flags }, tell, (text) => process.stdout.write(`${text}\n`));
  });

await program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof FacetError)) throw error;
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

/** A parser's complaint becomes the command line's, which names the option. */
function guarded<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
  };
}

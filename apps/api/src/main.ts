import { parseArgs } from "node:util";
import { FacetError } from "@facet/domain";
import { describeConfig, readConfig } from "./config/index.js";
import { makeLog } from "./log.js";
import { Releasers } from "./releasers.js";

const options = readOptions();
if (options.help === true) console.log(describeConfig());
else await start();

function readOptions(): { readonly help?: boolean | undefined } {
  try {
    return parseArgs({ options: { help: { type: "boolean", short: "h" } } }).values;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

async function start(): Promise<void> {
  const releasers = new Releasers();
  try {
    const config = readConfig(process.env);
    const log = makeLog(config.logLevel);
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      // Not `once`: while anyone listens, the embedded database leaves the ending of the process to us.
      process.on(signal, () => {
        log.info({ signal }, "shutting down");
        void releasers.release().then(
          () => process.exit(0),
          (error: unknown) => {
            log.error({ err: error }, "the shutdown was not clean");
            process.exit(1);
          },
        );
      });
    }
    // Here, so that neither --help nor a refused environment waits for TensorFlow to load.
    const { compose } = await import("./compose.js");
    const facet = await compose(config, log, releasers);
    if (facet.madeAdminKey !== undefined) {
      console.log(`The first admin key, shown this once: ${facet.madeAdminKey}`);
    }
    console.log(`Facet is ready at ${facet.address}`);
  } catch (error) {
    await releasers.release().catch(() => undefined);
    // What we throw on purpose says all there is to say; of anything else the stack is wanted.
    console.error(error instanceof FacetError ? error.message : error);
    process.exit(1);
  }
}

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
    let isEnding = false;
    const end = (exitCode: number): void => {
      isEnding = true;
      void releasers.release().then(
        () => process.exit(exitCode),
        (error: unknown) => {
          log.error({ err: error }, "the shutdown was not clean");
          process.exit(1);
        },
      );
    };
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      // Not `once`: while anyone listens, the embedded database leaves the ending of the process to us.
      process.on(signal, () => {
        log.info({ signal }, "shutting down");
        if (!isEnding) end(0);
      });
    }
    // Here, so that neither --help nor a refused environment waits for TensorFlow to load.
    const { compose } = await import("./compose.js");
    const facet = await compose(config, log, releasers);
    if (facet.madeAdminKey !== undefined) {
      console.log(`The first admin key, shown this once: ${facet.madeAdminKey}`);
    }
    console.log(`Facet is ready at ${facet.address}`);
    void facet.databaseLost.then((error) => {
      // A signal may have been sent to the database, too.
      if (isEnding) return;
      log.fatal({ err: error }, "the database is gone: shutting down");
      end(1);
    });
  } catch (error) {
    await releasers.release().catch(() => undefined);
    // What we throw on purpose says all there is to say; of anything else the stack is wanted.
    console.error(error instanceof FacetError ? error.message : error);
    process.exit(1);
  }
}

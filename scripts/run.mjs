// Every command of the project starts here, so that each works right after `git clone`:
// what is lacking is installed, generated and built, and then the command itself runs.
// Plain JavaScript without a dependency, because it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs in this process, so that signals and exit codes are the command's own. */
const runApp = (main) => async (args) => {
  const file = join(root, main);
  process.argv = [process.argv[0], file, ...args];
  await import(pathToFileURL(file).href);
};

const runTool = (tool) => (args) => {
  process.exitCode = run(process.execPath, [join(root, tool), ...args]);
};

const commands = {
  setup: { about: "install, generate and build what is lacking", start: () => {} },
  demo: { about: "the main job on real videos, with an embedded database", start: runApp("apps/demo/dist/main.js") },
  start: { about: "the service: API and worker", start: runApp("apps/api/dist/main.js") },
  keys: { about: "make, list and revoke keys of the API", start: runApp("apps/api/dist/keys/main.js") },
  train: {
    about: "train a scorer from folders of interests",
    start: runApp("apps/trainer/dist/main.js"),
    before: ["train"],
  },
  evaluate: {
    about: "methods by worlds on folders of interests",
    start: runApp("apps/trainer/dist/main.js"),
    before: ["evaluate"],
  },
  backbone: {
    about: "a network out of an npm package, as a folder that --backbone takes",
    start: runApp("apps/trainer/dist/main.js"),
    before: ["backbone"],
  },
  "fit-quality": {
    about: "fit the quality score on photos and spoiled copies of them",
    start: runApp("apps/trainer/dist/main.js"),
    before: ["fit-quality"],
  },
  "judge-quality": {
    about: "covers without history, side by side with ffmpeg's thumbnail filter",
    start: runApp("apps/trainer/dist/main.js"),
    before: ["judge-quality"],
  },
  bench: { about: "the benchmarks, each against a floor or a peer", start: runApp("bench/dist/main.js") },
  scale: { about: "the plan beyond one machine, anew", start: runApp("bench/dist/scale/main.js") },
  test: { about: "every test", start: runTool("node_modules/vitest/vitest.mjs"), before: ["run"] },
};

const [name, ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name ?? "") ? commands[name] : undefined;
if (command === undefined) {
  const list = Object.entries(commands).map(([key, { about }]) => `  npm run ${key.padEnd(13)} ${about}`);
  console.error(`${name ? `There is no command "${name}". ` : ""}The commands are:\n${list.join("\n")}`);
  process.exit(2);
}

requireNode(20, 19);
install();
build();
await command.start([...(command.before ?? []), ...args]);

function requireNode(major, minor) {
  const [hasMajor, hasMinor] = process.versions.node.split(".").map(Number);
  if (hasMajor > major || (hasMajor === major && hasMinor >= minor)) return;
  console.error(`Facet needs Node ${major}.${minor} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** `npm ci` where the installed tree is not the one that the lockfile describes. */
function install() {
  const stampFile = join(root, "node_modules/.facet-installed");
  const stamp = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  console.error("Installing the locked dependencies (npm ci) …");
  // npm is a shell script on Windows.
  orExit(run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { shell: process.platform === "win32" }));
  writeFileSync(stampFile, stamp);
}

/** turbo rebuilds only what changed since it last ran. What it says is shown only where it fails. */
function build() {
  const turbo = join(root, "node_modules/turbo/bin/turbo");
  console.error("Building what has changed (turbo) …");
  const { status, output } = spawn(process.execPath, [turbo, "run", "build", "--output-logs=errors-only"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (status === 0) return;
  console.error(output.filter(Boolean).join("\n"));
  process.exit(status ?? 1);
}

function spawn(file, args, options = {}) {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
  const result = spawnSync(file, args, { cwd: root, stdio: "inherit", encoding: "utf8", env, ...options });
  if (result.error) console.error(`Could not run ${file}: ${result.error.message}`);
  return result;
}

function run(file, args, options) {
  return spawn(file, args, options).status ?? 1;
}

function orExit(status) {
  if (status !== 0) process.exit(status);
}

import { readBackbone } from "../backbone/read-backbone.js";
import { cacheFolder } from "../cache-folder.js";
import { chooseBackend, describeBackend } from "../choose-backend.js";
import { describeEncoder, loadEncoder } from "../load-encoder.js";
import { PhotoLibrary } from "../features/photo-library.js";
import type { Method } from "../methods/method.js";
import { prepareFile, writeOutput } from "../output-files.js";
import { showProgress } from "../progress.js";
import type { EvaluationOptions } from "./evaluation-options.js";
import { judgeMethods, type JudgedWorld, type KnownPhotos } from "./judge-methods.js";
import { loadScorers } from "./load-scorers.js";
import { methodsToJudge, photosOf } from "./methods-to-judge.js";
import { openOpponentPhotos } from "./opponent-photos.js";
import { warnOfTrained } from "./warn-of-trained.js";
import { readJudged, type JudgedPhotos } from "./read-judged.js";
import { renderGainChart, renderReport } from "./report/index.js";
import { renderResults } from "./result-table.js";
import type { EvaluationResults } from "./results.js";
import { summariseWorld } from "./summarise-world.js";
import { summariseWorlds } from "./summarise-worlds.js";

/**
 * Judges every method on viewers and videos made from folders of interests. Whatever can be wrong with the folders, the
 * worlds, the models or the files to write is said before the first photo is encoded.
 *
 * @param say takes lines for people; results go to `print`
 */
export async function runEvaluation(
  options: EvaluationOptions,
  say: (line: string) => void,
  print: (text: string) => void,
): Promise<EvaluationResults> {
  const { json, report, chart } = options;
  for (const [option, file] of Object.entries({ json, report, chart })) {
    if (file !== undefined) prepareFile(`--${option}`, file);
  }
  const cache = cacheFolder(options.cache);
  const backbone = await readBackbone(options.backbone);
  const backend = await chooseBackend();
  const encoder = await loadEncoder(backbone);
  const release: (() => unknown)[] = [() => encoder.dispose()];
  try {
    const scorers = await loadScorers(options, encoder, say);
    release.push(() => scorers.dispose());
    const photos = await readJudged(options, cache, say);
    const warnings = scorers.categories.flatMap(
      ({ method, names }) => warnOfTrained(method, names, photos.judged, options.heldOut) ?? [],
    );
    warnings.forEach(say);

    say(describeBackend(backend));
    say(describeEncoder(encoder));
    const library = await PhotoLibrary.open(cache, encoder);
    release.push(() => library.close());
    await prepareLibrary(library, photos);
    const opponent = options.backbone === undefined ? await openOpponentPhotos(cache, photos) : undefined;
    if (opponent) release.push(() => opponent.close());
    const known: KnownPhotos = {
      get: (ref) => library.get(ref),
      histogram: (ref) => library.histogram(ref),
      ...(opponent && { opponent }),
    };
    const methods = methodsToJudge(photos.fitOn, known, scorers.methods);
    const results = summarise(await judgeWorlds(photos, methods, known), options);

    print(renderResults(results));
    const about = { encoder: encoder.version, models: scorers.versions, warnings, date: new Date() };
    if (json !== undefined) {
      const asked = { photos: options.photos, fitPhotos: options.fitPhotos, heldOut: options.heldOut };
      await writeOutput(json, `${JSON.stringify({ about: { ...asked, ...about }, ...results }, null, 2)}\n`);
    }
    if (chart !== undefined) {
      const heading = photos.judged.map(({ name, interests }) => `${name} (${interests.length} interests)`).join(", ");
      await writeOutput(chart, renderGainChart(heading, results));
    }
    if (report !== undefined) {
      await writeOutput(report, renderReport({ ...options, ...photos, ...about }, results));
      say(`The report is in ${report}`);
    }
    return results;
  } finally {
    for (const free of release.reverse()) await free();
  }
}

/** Colours are asked of candidate frames alone: likes are compared by their features. */
async function prepareLibrary(library: PhotoLibrary, { worlds, fitOn }: JudgedPhotos): Promise<void> {
  const episodes = worlds.flatMap((world) => world.episodes);
  await library.prepare(
    episodes.flatMap(({ frames }) => frames),
    "featuresAndColours",
  );
  await library.prepare([...episodes.flatMap(({ history }) => history), ...photosOf(fitOn)]);
}

async function judgeWorlds(
  { worlds }: JudgedPhotos,
  methods: readonly Method[],
  photos: KnownPhotos,
): Promise<JudgedWorld[]> {
  const progress = showProgress("Judging", worlds.length * methods.length);
  let done = 0;
  try {
    const judged: JudgedWorld[] = [];
    for (const { world, episodes } of worlds) {
      judged.push(await judgeMethods(world, episodes, methods, photos, () => progress.update(++done)));
    }
    return judged;
  } finally {
    progress.stop();
  }
}

function summarise(judged: readonly JudgedWorld[], { viewers, seed }: EvaluationOptions): EvaluationResults {
  const verdicts = judged.map((world) => summariseWorld(world, seed));
  return {
    viewers,
    seed,
    results: verdicts.flatMap(({ results }) => results),
    differences: verdicts.flatMap(({ differences }) => differences),
    ...summariseWorlds(judged, seed),
    reliability: verdicts.flatMap(({ reliability }) => reliability),
  };
}

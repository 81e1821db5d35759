import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFfmpeg, type FfmpegTools } from "@facet/frame-extraction";
import { prepareFile, writeOutput } from "../../output-files.js";
import { showProgress } from "../../progress.js";
import { seededRandom } from "../../random.js";
import { encodeFilm } from "../material/encode-film.js";
import { drawPickSheet, type SheetRow } from "./draw-pick-sheet.js";
import { PICK_METHODS, pickFrames, type PickMethod } from "./pick-frames.js";
import { judgePicks, renderPickVerdicts, type JudgedFilm, type PickVerdict } from "./judge-picks.js";
import { openSource, type SourceVideo } from "./source-video.js";
import { makeSpoiledFilm, SPOILED_FILM } from "./spoiled-film.js";

export interface JudgeQualityOptions {
  /** Real clips; see openSource. */
  readonly videos: readonly string[];
  /** The JPEG to draw. */
  readonly sheet: string;
  readonly json?: string;
  /** Films to make of the clips. */
  readonly films: number;
  readonly seed: number;
}

export interface JudgeQualityResults {
  readonly films: number;
  readonly seed: number;
  readonly ffmpeg: string;
  readonly spoiledFrames: number;
  readonly methods: readonly PickVerdict[];
}

const METHODS = Object.keys(PICK_METHODS) as PickMethod[];
/** Made films on the sheet, after the real clips. */
const FILMS_SHOWN = 8;

/**
 * Lets ways to pick a cover without history pick from real clips, which are drawn, and from films made of those clips in
 * which it is known which frames are spoiled, which are counted.
 *
 * @throws OutputFileError where sheet or results could not be written: before the first clip is opened
 */
export async function runJudgeQuality(
  options: JudgeQualityOptions,
  say: (line: string) => void,
  print: (text: string) => void,
): Promise<JudgeQualityResults> {
  const { sheet, json } = options;
  prepareFile("--sheet", sheet);
  if (json !== undefined) prepareFile("--json", json);
  const tools = await findFfmpeg();
  const sources = await Promise.all(options.videos.map((video) => openSource(video, tools)));

  say(`Picking from ${sources.length} clips (ffmpeg ${tools.version})`);
  const rows: SheetRow[] = [];
  for (const source of sources) rows.push(await pickFromClip(source, tools, options.seed));

  const films: JudgedFilm[] = [];
  const progress = showProgress("Judging made films", options.films);
  const folder = await mkdtemp(join(tmpdir(), "facet-judge-"));
  try {
    for (let film = 0; film < options.films; film++) {
      const { row, judged } = await pickFromFilm(sources, folder, tools, options.seed, film);
      films.push(judged);
      if (film < FILMS_SHOWN) rows.push(row);
      progress.update(film + 1);
    }
  } finally {
    progress.stop();
    await rm(folder, { recursive: true, force: true });
  }

  await writeOutput(sheet, await drawPickSheet(rows, METHODS));
  say(`Drawn: ${sheet}`);
  const methods = judgePicks(films, options.seed);
  const shares = films.map(({ spoiledShare }) => spoiledShare);
  const spoiledFrames = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
  const results = { films: options.films, seed: options.seed, ffmpeg: tools.version, spoiledFrames, methods };
  print(renderPickVerdicts(methods, spoiledFrames));
  if (json !== undefined) await writeOutput(json, `${JSON.stringify(results, null, 2)}\n`);
  return results;
}

async function pickFromClip(source: SourceVideo, tools: FfmpegTools, seed: number): Promise<SheetRow> {
  const { file, name, durationMs } = source;
  // No clip has more frames than at 60 a second; the filter takes what there is.
  const picks = await pickFrames(
    file,
    durationMs,
    Math.ceil((durationMs / 1000) * 60),
    tools,
    seededRandom(seed, name),
  );
  return { name, picks, faults: {} };
}

async function pickFromFilm(
  sources: readonly SourceVideo[],
  folder: string,
  tools: FfmpegTools,
  seed: number,
  film: number,
): Promise<{ row: SheetRow; judged: JudgedFilm }> {
  const frames = await makeSpoiledFilm(sources, tools, seed, film);
  const file = join(folder, `${film}.mp4`);
  await encodeFilm(
    frames.map(({ rgb }) => rgb),
    SPOILED_FILM,
    tools,
    file,
  );
  const durationMs = (frames.length / SPOILED_FILM.rate) * 1000;
  const picks = await pickFrames(file, durationMs, frames.length, tools, seededRandom(seed, "film", film));
  await rm(file);
  const truthAt = (timestampMs: number) => {
    const at = Math.round((timestampMs / 1000) * SPOILED_FILM.rate);
    return frames[Math.min(frames.length - 1, at)]?.truth ?? "sound";
  };
  const truths = Object.fromEntries(METHODS.map((method) => [method, truthAt(picks[method].timestampMs)]));
  const faults = Object.fromEntries(Object.entries(truths).filter(([, truth]) => truth !== "sound"));
  return {
    row: { name: `made film ${film + 1}`, picks, faults },
    judged: {
      truths: truths as JudgedFilm["truths"],
      spoiledShare: frames.filter(({ truth }) => truth !== "sound").length / frames.length,
    },
  };
}

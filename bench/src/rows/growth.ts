import { join } from "node:path";
import type { Benchmark } from "../benchmark.js";
import type { MeasuredRow } from "../measured-row.js";
import { askForCover } from "../service/covers.js";
import { Stage } from "../service/stage.js";
import { median, timed } from "../statistics.js";
import { findSequentialScans } from "../statements/find-sequential-scans.js";
import type { RecordedStatement } from "../statements/recorded-statement.js";
import { recordFreshDecisions, recordFreshPage } from "./record-fresh-decisions.js";

const FRAMES_PER_VIDEO = 32;
const NEWCOMERS = 1000;
/** The frames of a small catalogue would be in memory, and those of a large one would not: tables are to be compared. */
const WITHOUT_CANDIDATES = { FACET_CANDIDATE_CACHE_BYTES: "0" };
/** Videos of a page. */
const PAGE = 40;

/** Of how many viewers each has decisions for how many videos. */
const FULL = { from: [32, 32], to: [10_000, 100], videos: [32, 6250], asks: 300 } as const;
const QUICK = { from: [4, 4], to: [20, 8], videos: [8, 40], asks: 4 } as const;

export const growth: Benchmark = {
  name: "growth",
  about: "1,000 to 1,000,000 stored decisions and 1,000 to 200,000 frames, and every query plan",
  async run({ isQuick, folder, releasers, tell }) {
    const { from, to, videos, asks } = isQuick ? QUICK : FULL;
    const sizeOf = ([viewers, videosEach]: readonly [number, number], count: number) => ({
      ...{ videos: count, viewers: viewers + NEWCOMERS, decided: { viewers, videosEach } },
    });
    const small = { ...sizeOf(from, videos[0]), framesPerVideo: FRAMES_PER_VIDEO };
    const stage = await Stage.open(join(folder, "growth"), releasers, small, isQuick, WITHOUT_CANDIDATES);
    const before = await measureLatencies(stage, asks);
    tell(`at ${describeSize(stage)}: stored ${before.stored.toFixed(2)} ms, fresh ${before.fresh.toFixed(2)} ms`);
    await stage.growTo(sizeOf(to, videos[1]));
    tell(`grown to ${describeSize(stage)}`);
    const after = await measureLatencies(stage, asks);
    const scans = await findScans(stage);
    await stage.host.stop();
    const note = `${describeSize(stage)}; each size measured once, medians of ${asks} requests one after another, none asked for before by the process, which keeps no candidate frames in memory`;
    const row = (kind: "stored" | "fresh"): MeasuredRow => ({
      ...{ name: `growth-${kind}`, what: `${kind} decision at the large size`, unit: "ms", figure: after[kind] },
      floor: { what: "itself at 1,000 decisions and 1,000 frames", value: before[kind] },
      ...{ goal: { kind: "ratio at most", limit: 1.3 }, note },
    });
    return [
      row("stored"),
      row("fresh"),
      {
        ...{
          name: "growth-plans",
          what: "tables read from end to end in any query plan of a cover or a page",
          unit: "tables",
        },
        ...{ figure: scans.length, floor: null, goal: { kind: "figure at most", limit: 0 } },
        note: `EXPLAIN, with the values and as a plan for any values, of every statement of a fresh decision and of a page of ${PAGE}, which look for stored ones first, at the large size; tables of under 500 rows do not count${scans.length > 0 ? `: ${scans.join(", ")}` : ""}`,
      },
    ];
  },
};

async function measureLatencies(stage: Stage, asks: number): Promise<{ stored: number; fresh: number }> {
  const caller = stage.host.call();
  let place = 0;
  const ask = {
    stored: () => askFor(stage.stored(place++)),
    fresh: () => askFor(stage.nextFresh()),
  };
  const askFor = ({ viewer, video }: { viewer: string; video: string }) => askForCover(caller, viewer, video);
  const measure = async (send: () => Promise<void>) => {
    const values: number[] = [];
    while (values.length < asks) values.push(await timed(send));
    return median(values);
  };
  // The process is new: what it compiles at first is no matter of size.
  await measure(ask.fresh);
  await measure(ask.stored);
  const latencies = { stored: await measure(ask.stored), fresh: await measure(ask.fresh) };
  await caller.close();
  return latencies;
}

async function findScans(stage: Stage): Promise<readonly string[]> {
  const decisions = await recordFreshDecisions(stage, 1);
  const page = await recordFreshPage(stage, Math.min(PAGE, stage.catalogue.size.videos));
  const statements: readonly RecordedStatement[] = [...decisions.flatMap((decision) => decision.statements), ...page];
  return findSequentialScans(stage.host.client, statements);
}

function describeSize({ catalogue }: Stage): string {
  const { videos, framesPerVideo, decided } = catalogue.size;
  const count = (number: number) => number.toLocaleString("en");
  return `${count(decided.viewers * decided.videosEach)} decisions, ${count(videos * framesPerVideo)} frames`;
}

/** Where a figure that nobody measured comes from. */
export type Origin =
  | { readonly kind: "goal" }
  | { readonly kind: "assumed"; readonly why: string }
  | { readonly kind: "code"; readonly where: string }
  | { readonly kind: "published"; readonly where: string };

export interface ChosenInput {
  readonly value: number;
  readonly unit: string;
  readonly about: string;
  readonly origin: Origin;
}

const goal = (value: number, unit: string, about: string): ChosenInput => ({
  ...{ value, unit, about },
  origin: { kind: "goal" },
});
const assumed = (value: number, unit: string, about: string, why: string): ChosenInput => ({
  ...{ value, unit, about },
  origin: { kind: "assumed", why },
});
const code = (value: number, unit: string, about: string, where: string): ChosenInput => ({
  ...{ value, unit, about },
  origin: { kind: "code", where },
});
const published = (value: number, unit: string, about: string, where: string): ChosenInput => ({
  ...{ value, unit, about },
  origin: { kind: "published", where },
});

const EC2 =
  "[m7g.large, $0.0816 an hour for 2 vCPU and 8 GB, us-east-1, June 2026](https://www.factualminds.com/blog/amazon-ec2-on-demand-pricing-instance-families-2026/)";
const S3 =
  "[S3 Standard, us-east-1](https://devnotes.tech/understanding-aws-s3-pricing-a-complete-cost-breakdown-with-examples)";
const GP3 = "[gp3, us-east-1](https://handbook.getfinops.cloud/gp2-vs-gp3-cost-savings/)";
const REDIS =
  "[81,000 GETs and 110,000 SETs a second, one core of 2008, without pipelining](https://github.com/antirez/redis/blob/2.2.7/doc/Benchmarks.html)";
const KAFKA =
  "[421,823 records of 100 bytes a second on 3 machines, 3 synchronous replicas](https://www.besthub.dev/articles/kafka-benchmark-producer-and-consumer-throughput-replication-message-size-and-latency-analysis-c432e2c91271), a third of it";

/** What the plan rests on and nobody measured. Change a value, run `npm run scale`, and the page says what follows. */
export const chosen = {
  videos: goal(1e8, "videos", "catalogue"),
  viewers: goal(1e9, "viewers", "audience"),
  covers: goal(2e7, "covers/s", "decisions asked for at the peak"),
  averageLoad: assumed(0.5, "of the peak", "average load", "day and night of one time zone; several flatten it"),
  page: assumed(40, "covers", "a page", "as the `page` row of the benchmarks"),
  frames: code(32, "frames", "candidates of a video", "16 to 64 are kept, as the benchmarks' catalogues"),
  minutes: assumed(5, "minutes", "a video", "the longer film of the `ingest` rows"),
  arrivals: assumed(1e5, "videos/day", "new videos", "0.1 % of the catalogue a day"),
  backfillDays: assumed(30, "days", "time for the first ingest of all videos", "a choice"),
  viewerExponent: assumed(1, "", "Zipf exponent of viewers' activity", "a heavy tail"),
  viewerHead: assumed(0.01, "of viewers", "the most active, taken as all alike", "nobody is 1,000 people"),
  feedVideos: assumed(400, "videos", "what is put before one viewer at a time", "ten pages"),
  feedExponent: assumed(0.8, "", "Zipf exponent within a feed", "the first page is seen most"),
  turnover: assumed(0.3, "of a feed/day", "videos that give way to others", "a choice"),
  likes: assumed(0.001, "likes/cover", "likes", "about one a day for an average viewer"),
  keptLikes: assumed(100, "likes", "that are kept of a viewer", "50 are read for a decision; 5,000 are kept at most"),
  videoExponent: assumed(0.8, "", "Zipf exponent of videos", "usual of video catalogues"),
  processRoom: assumed(10, "covers/viewer", "room in the processes' caches", "a third of the machines' memory"),
  tierRoom: assumed(
    200,
    "covers/viewer",
    "room in the cache tier",
    "more than lives at once, so likes alone make it miss",
  ),
  processBytes: code(6800, "bytes", "a decision in a process", "`cover-cache.ts`: 2,000 + 150 a candidate"),
  tierBytes: assumed(
    64,
    "bytes",
    "a cover in the tier",
    "video, frame, versions, probability: 44, and what holds them",
  ),
  descriptionBytes: code(10e3, "bytes", "a viewer's description", "`history-descriptions.ts`"),
  describedShare: assumed(1, "of viewers", "whose description the tier keeps", "it pays: see the levers"),
  coverPicture: assumed(16e3, "bytes", "a cover as it is shown, 320 wide", "not measured"),
  browserHits: assumed(0.5, "of covers", "pictures that the viewer's device still has", "cached for ever"),
  candidateBytes: code(
    3188,
    "bytes",
    "a candidate frame in a process",
    "`candidate-cache.ts`: 500 + 672 numbers of 4 bytes",
  ),
  featureShare: assumed(
    0.002,
    "of videos",
    "whose features a machine holds by itself",
    "some 20 GB of the most asked for",
  ),
  machineCores: assumed(16, "cores", "a machine", "m7g.4xlarge or alike"),
  machineMemory: assumed(64e9, "bytes", "memory of it", "4 GB a core, as the price's"),
  machineNetwork: assumed(1.25e9, "bytes/s", "its network", "10 Gbit/s"),
  machineDisk: assumed(8e12, "bytes", "disk of a storage machine", "half of the largest common volume, 16 TiB"),
  postgresCores: assumed(64, "cores", "one large Postgres", "taken to use all of them: the best case"),
  postgresDisk: assumed(16e12, "bytes", "disk of it", "the largest common volume, 16 TiB"),
  waitBudget: assumed(50, "ms", "99 of 100 pages wait no longer for a core", "the `fresh-p99` goal"),
  regions: assumed(3, "regions", "of which each viewer lives in one", "any two carry all when one is lost"),
  replicas: assumed(
    3,
    "copies",
    "of what databases and the stream hold; 2 of the tier's",
    "one may be lost while one is repaired",
  ),
  retention: code(90, "days", "decisions are kept", "`FACET_DECISION_RETENTION_DAYS`"),
  rolloutDays: assumed(7, "days", "a new model takes over, viewers by hash", "a choice"),
  deletions: assumed(1e5, "viewers/day", "who ask to be deleted", "0.01 % a day"),
  poolSize: code(15, "connections", "that a process opens", "10 of the pool, 1 that listens, up to 4 of the queue"),
  connections: published(
    100,
    "connections",
    "that a Postgres takes unless told",
    "[max_connections](https://www.postgresql.org/docs/current/runtime-config-connection.html)",
  ),
  tierReads: published(8e4, "requests/s", "one core of a cache tier", REDIS),
  brokerWrites: published(1.4e5, "records/s", "one broker of a stream", KAFKA),
  coreHour: published(0.0408, "$/core-hour", "price of a core with 4 GB", EC2),
  objectMonth: published(0.023, "$/GB-month", "price of an object store", S3),
  diskMonth: published(0.08, "$/GB-month", "price of a disk", GP3),
} as const satisfies Readonly<Record<string, ChosenInput>>;

export interface MeasuredInput {
  readonly unit: string;
  readonly about: string;
}

const coreMs = (about: string): MeasuredInput => ({ unit: "core-ms", about });
const bytes = (about: string): MeasuredInput => ({ unit: "bytes", about });

/** What `npm run scale -- --measure` measures: processor time as Linux counts it, and the size of tables with their indexes. */
export const measured = {
  "cached-page-service": coreMs("page of 40 covers out of the process's cache: the service"),
  "fresh-page-service": coreMs("page of 40 fresh covers: the service"),
  "fresh-page-postgres": coreMs("page of 40 fresh covers: Postgres"),
  "fresh-cover-service": coreMs("one fresh cover: the service"),
  "fresh-cover-postgres": coreMs("one fresh cover: Postgres"),
  "next-cover-service": coreMs("one more, of a viewer whose description is kept: the service"),
  "next-cover-postgres": coreMs("one more, of a viewer whose description is kept: Postgres"),
  "ingest-30s": { unit: "core-s", about: "ingest of the 1080p film of 30 s: the service and its decoder" },
  "ingest-30s-postgres": { unit: "core-s", about: "that ingest: Postgres" },
  "written-decision": coreMs("a decision more, written 40 at once: Postgres"),
  "announced-change": coreMs("a change of a viewer, committed and announced: Postgres"),
  "unheard-change": coreMs("the same without the announcement: Postgres"),
  "announced-changes": { unit: "commits/s", about: "changes of viewers, committed and announced, over 8 connections" },
  "unheard-changes": { unit: "commits/s", about: "the same, not announced" },
  "decision-row": bytes("a stored decision of 32 candidates, its indexes included"),
  "frame-row": bytes("a candidate frame"),
  "feature-row": bytes("a feature"),
  "feature-vector": bytes("a feature's vector alone"),
  "image-row": bytes("a picture's row, the picture left out"),
  "frame-picture": bytes("a candidate frame's JPEG, 1080p"),
  "like-row": bytes("a like"),
  "viewer-row": bytes("a viewer"),
  "video-row": bytes("a video"),
} as const satisfies Readonly<Record<string, MeasuredInput>>;

/** Rows of the benchmarks, by name, that are taken over as they stand. */
export const benchmarked = {
  encoder: { unit: "images/s", about: "encoder, all cores of the machine" },
} as const satisfies Readonly<Record<string, MeasuredInput>>;

export type ChosenName = keyof typeof chosen;
export type MeasuredName = keyof typeof measured;
export type BenchmarkName = keyof typeof benchmarked;

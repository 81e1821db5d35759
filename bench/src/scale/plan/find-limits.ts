import { inFigures } from "../format-quantity.js";
import type { CoverPlan } from "./plan-covers.js";
import type { PlanInputs } from "./plan-inputs.js";

/** Up to where one Postgres and as many processes as it bears hold, part by part. */
export interface Limit {
  readonly part: string;
  readonly holdsTo: number;
  readonly unit: string;
  readonly by: string;
  /** Of the goal: what is least breaks first. */
  readonly ofGoal: number;
  readonly then: string;
  /** What in the code would be replaced. */
  readonly seam: string;
}

const DAY_SECONDS = 86_400;

/** What breaks first, first. */
export function findLimits({ of, costs }: PlanInputs, covers: CoverPlan): readonly Limit[] {
  const freshShare = covers.freshPerSecond / of.covers;
  const pagePostgresMs = costs["fresh-page-postgres"] / of.page;
  const processes = of.connections / of.poolSize;
  const perProcess = 1000 / (covers.pageCoreMs / of.page);
  const ofCovers = (holdsTo: number) => ({ holdsTo, unit: "covers/s", ofGoal: holdsTo / of.covers });
  const ofVideos = (holdsTo: number) => ({ holdsTo, unit: "videos", ofGoal: holdsTo / of.videos });
  const ofViewers = (holdsTo: number) => ({ holdsTo, unit: "viewers", ofGoal: holdsTo / of.viewers });
  const limits: Limit[] = [
    {
      part: "connections",
      ...ofCovers(processes * perProcess),
      by: inFigures`${of.connections} connections / ${of.poolSize} a process x ${perProcess} covers/s of a core`,
      then: "a pooler (PgBouncer) before Postgres; the listening connection goes round it",
      seam: "`connectPrisma`, `ListeningConnection`",
    },
    {
      part: "LISTEN/NOTIFY",
      ...ofCovers(costs["announced-changes"] / of.likes),
      by: inFigures`${costs["announced-changes"]} announced commits/s / ${of.likes} likes a cover: they [wait for one lock](https://www.recall.ai/blog/postgres-listen-notify-does-not-scale), so cores do not help (${costs["unheard-changes"]} unheard); and every process hears all of them`,
      then: "a stream (Kafka or alike) partitioned by viewer, fed from the write-ahead log; a process hears its viewers only",
      seam: "`ChangeFeed`, behind `HeardCache`",
    },
    {
      part: "decisions as rows",
      ...ofCovers(of.postgresDisk / costs["decision-row"] / (of.retention * DAY_SECONDS) / of.averageLoad / freshShare),
      by: inFigures`${of.postgresDisk / 1e12} TB / ${costs["decision-row"]} bytes / ${of.retention} days, on the average, of which ${freshShare} are fresh`,
      then: "the living ones in the cache tier, each with a time to live; what was shown as a log: stream, then object store",
      seam: "`DecisionStore`, `CoverCache`, `RetentionRecords`",
    },
    {
      part: "writing decisions",
      ...ofCovers((of.postgresCores * 1000) / costs["written-decision"] / freshShare),
      by: inFigures`${of.postgresCores} cores / ${costs["written-decision"]} core-ms a row, were they to do nothing else`,
      then: "first partitions by hash of the viewer, dropped by month; then the tier and the log, as above",
      seam: "`DecisionStore.keep`",
    },
    {
      part: "fresh decisions, Postgres' share",
      ...ofCovers((of.postgresCores * 1000) / pagePostgresMs / freshShare),
      by: inFigures`${of.postgresCores} cores / ${pagePostgresMs} core-ms a fresh cover of a page: likes, features, the insert`,
      then: "features out of a key-value store, likes out of read replicas, then partitions by viewer (Citus or another distributed Postgres)",
      seam: "`FeatureStore`, `CandidateReader`, `LikedImageRecords`",
    },
    {
      part: "frames' pictures",
      ...ofVideos(of.postgresDisk / (of.frames * costs["frame-picture"])),
      by: inFigures`${of.postgresDisk / 1e12} TB / (${of.frames} frames x ${costs["frame-picture"]} bytes)`,
      then: "an object store, and a CDN before `/images`",
      seam: "`ImageStore`, `DerivedImages`",
    },
    {
      part: "features as rows",
      ...ofVideos(of.postgresDisk / (of.frames * costs["feature-row"])),
      by: inFigures`${of.postgresDisk / 1e12} TB / (${of.frames} frames x ${costs["feature-row"]} bytes)`,
      then: "a key-value store (ScyllaDB, DynamoDB or alike): one value a video, all of its vectors",
      seam: "`FeatureStore`",
    },
    {
      part: "frames as rows",
      ...ofVideos(of.postgresDisk / (of.frames * (costs["frame-row"] + costs["image-row"]) + costs["video-row"])),
      by: inFigures`${of.postgresDisk / 1e12} TB / (${of.frames} frames x ${costs["frame-row"] + costs["image-row"]} + ${costs["video-row"]} bytes)`,
      then: "partitions by hash of the video",
      seam: "`IngestRecords`, `CandidateReader`; the tables' keys begin with the video already",
    },
    {
      part: "viewers and likes",
      ...ofViewers(of.postgresDisk / (costs["viewer-row"] + of.keptLikes * costs["like-row"])),
      by: inFigures`${of.postgresDisk / 1e12} TB / (${costs["viewer-row"]} + ${of.keptLikes} likes x ${costs["like-row"]} bytes)`,
      then: "partitions by hash of the viewer; the foreign key to the picture becomes a check by the service",
      seam: "`LikedImageRecords`, `ViewerService`",
    },
    {
      part: "queue of ingests",
      ...ofVideos((of.backfillDays * DAY_SECONDS * costs["announced-changes"]) / QUEUE_COMMITS),
      by: inFigures`${of.backfillDays} days x ${costs["announced-changes"]} commits/s / about ${QUEUE_COMMITS} an ingest`,
      then: "a batch engine (Spark, Ray or a cloud's batch service) for backfills, that writes the same rows; the queue stays for arrivals",
      seam: "`IngestQueue`; `VideoIngest` is what a batch calls",
    },
  ];
  return limits.sort((a, b) => a.ofGoal - b.ofGoal);
}

/** Sent, taken, begun, told of its progress some times, stored, done. */
const QUEUE_COMMITS = 12;

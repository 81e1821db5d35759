import { FacetError } from "@facet/domain";
import type { FeatureEncoder } from "@facet/feature-encoder";
import { extractFrames, type FfmpegTools, type VideoFacts } from "@facet/frame-extraction";
import type { Logger } from "pino";
import type { VideoFailureCode } from "../generated/resolver-types.js";
import { InputError } from "../graphql/user-errors.js";
import type { ImageStore } from "../image/image-store.js";
import type { LeasedWork, WorkSignals } from "../jobs/index.js";
import type { SourceFile, SourceFiles } from "../video/source-files.js";
import type { VideoSource } from "../video/video-sources.js";
import { collectCandidates, type EncodedFrame } from "./collect-candidates.js";
import { IngestPictures } from "./ingest-pictures.js";
import { IngestProgress } from "./ingest-progress.js";
import type { IngestJob } from "./ingest-job.js";
import type { IngestRecords } from "./ingest-records.js";

export interface VideoIngestParts {
  readonly records: IngestRecords;
  readonly images: ImageStore;
  readonly encoder: FeatureEncoder;
  readonly ffmpeg: FfmpegTools;
  readonly sourceFiles: Pick<SourceFiles, "open">;
  /** 0..1; null keeps every frame. */
  readonly unsafeThreshold: number | null;
  /** Of a file. */
  readonly maxBytes: number;
  readonly log: Logger;
}

/**
 * Brings one video from PENDING to READY or FAILED.
 *
 * A job is run under a lease of its video, so that no two workers ingest one. It marks the video PROCESSING, stores the
 * pictures as they come, and writes all frames and features together with READY in one transaction: a crash at any point
 * leaves a video that is not ready and has no frames, and pictures that nothing uses, which are swept up; a failure leaves
 * not even those. What is wrong with the input is FAILED at once, for it would be wrong again;
 * everything else is thrown, and the queue tries again.
 */
export class VideoIngest implements LeasedWork<IngestJob> {
  constructor(private readonly parts: VideoIngestParts) {}

  /** Of a video that was deleted and registered again the ingest of the first may still be under way: it is another one's. */
  leaseKey({ videoId, registeredAt }: IngestJob): string {
    return `${registeredAt} ${videoId}`;
  }

  /** At a shutdown the video goes back to the queue, and it counts as no try. */
  async run(job: IngestJob, { shutdown, stop: signal }: WorkSignals): Promise<void> {
    const log = this.parts.log.child({ videoId: job.videoId });
    const { records } = this.parts;
    const target = await records.begin(job);
    if (target === undefined) {
      log.info("nothing to ingest: the video is ready, or has another source by now");
      return;
    }
    const unwanted = new AbortController();
    const progress = new IngestProgress(async (stage, share) => {
      if (!(await records.note(job, stage, share))) unwanted.abort(new Error("the video is deleted"));
    }, log);
    const stop = AbortSignal.any([signal, unwanted.signal]);
    const pictures = new IngestPictures(this.parts.images);
    try {
      const started = performance.now();
      const { facts, frames } = await this.#read(target.source, { pictures, progress, signal: stop, log });
      progress.note("STORING");
      await progress.settle();
      stop.throwIfAborted();
      await records.finish(job, target, facts, this.parts.encoder.version, pictures, frames);
      const seconds = Number(((performance.now() - started) / 1000).toFixed(1));
      log.info({ frames: frames.length, durationMs: facts.durationMs, seconds }, "video is ready");
    } catch (error) {
      await progress.settle();
      await pictures.forget().catch((reason: unknown) => log.warn({ err: reason }, "pictures are left to be swept up"));
      if (shutdown.aborted) {
        log.info("the service is shutting down: the video goes back to the queue");
        await records.postpone(job);
        return;
      }
      if (!(await records.isWanted(job))) {
        log.info("the video was deleted, or has another source by now: nothing is kept of this ingest");
        return;
      }
      const code = signal.aborted ? undefined : codeOfInputFault(error);
      if (code === undefined) {
        await records.reopen(job);
        throw error;
      }
      const { message } = error as FacetError;
      log.warn({ code, reason: message }, "video cannot be ingested");
      await records.fail(job, { code, message });
    }
  }

  /** Marks a video that was tried often enough. */
  async giveUp(job: IngestJob): Promise<void> {
    this.parts.log.error({ videoId: job.videoId }, "ingest given up");
    const message = "The service failed more than once while ingesting this video.";
    await this.parts.records.fail(job, { code: "INTERNAL_ERROR", message });
  }

  async #read(source: VideoSource, work: Work): Promise<ReadVideo> {
    const file = await this.#openSource(source, work);
    try {
      return await this.#extract(file.path, work);
    } finally {
      await file.release();
    }
  }

  async #openSource(source: VideoSource, { progress, signal }: Work): Promise<SourceFile> {
    try {
      const onProgress = (share: number) => progress.note("FETCHING", share);
      return await this.parts.sourceFiles.open(source, { signal, onProgress });
    } catch (error) {
      if (error instanceof InputError) throw new SourceNotFoundError(error);
      throw error;
    }
  }

  async #extract(file: string, { pictures, progress, signal, log }: Work): Promise<ReadVideo> {
    const { ffmpeg, encoder, unsafeThreshold, maxBytes } = this.parts;
    progress.note("DECODING");
    let facts: VideoFacts | undefined;
    const onFacts = (read: VideoFacts): void => {
      facts = read;
      log.info({ durationMs: read.durationMs, width: read.width, height: read.height }, "ingest begins");
    };
    const extract = (failed: AbortSignal) => {
      const rule = { kind: "shots" } as const;
      const limits = { maxBytes };
      return extractFrames(file, { ffmpeg, rule, limits, onFacts, signal: AbortSignal.any([signal, failed]) });
    };
    const frames = await collectCandidates(extract, {
      ...{ encoder, unsafeThreshold, keep: (batch) => pictures.keep(batch) },
      onBatch: (encoded, timestampMs) => {
        const durationMs = facts?.durationMs ?? 0;
        progress.note("ENCODING", durationMs > 0 ? timestampMs / durationMs : 0);
        log.info({ encoded, timestampMs, durationMs }, "ingest goes on");
      },
    });
    if (facts === undefined) throw new Error("Frames were extracted of a video that nothing is known of.");
    return { facts, frames };
  }
}

/** What there is of one ingest while it is under way. */
interface Work {
  readonly pictures: IngestPictures;
  readonly progress: IngestProgress;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

interface ReadVideo {
  readonly facts: VideoFacts;
  readonly frames: EncodedFrame[];
}

/** Thrown when the file that was registered is not there any more. */
class SourceNotFoundError extends FacetError {
  readonly code = "SOURCE_NOT_FOUND";
  constructor(cause: FacetError) {
    super("The file that was registered is no longer there.", { cause });
  }
}

const INPUT_FAULTS: readonly VideoFailureCode[] = [
  "UNREADABLE_VIDEO",
  "NO_VIDEO_STREAM",
  "NO_CANDIDATE_FRAMES",
  "NO_SAFE_FRAME",
  "LIMIT_EXCEEDED",
  "SOURCE_NOT_FOUND",
  "URL_NOT_ALLOWED",
  "URL_NOT_REACHABLE",
];

/** The failure code of an error that would come again, however often the video is tried. */
function codeOfInputFault(error: unknown): VideoFailureCode | undefined {
  return error instanceof FacetError ? INPUT_FAULTS.find((code) => code === error.code) : undefined;
}

import ffmpegCommand, { type FfprobeData, type FfprobeStream } from "fluent-ffmpeg";
import { findFfmpeg, type FfmpegTools } from "./find-ffmpeg.js";
import { hardenedInput } from "./hardened-input.js";
import { readHeadByDecoder } from "./read-head-by-decoder.js";
import { openSource, type SourceFile } from "./source-file.js";
import { NoVideoStreamError, UnreadableVideoError, VideoLimitError } from "./video-errors.js";
import { DEFAULT_VIDEO_LIMITS, type VideoLimits } from "./video-limits.js";

/** What a video's file says of itself. */
export interface VideoFacts {
  /** Playing time in ms; where the file does not state it, the time of its last packet. */
  readonly durationMs: number;
  /** Width as shown: after rotation, and with square pixels. */
  readonly width: number;
  /** Height as shown. */
  readonly height: number;
  /** As ffmpeg names it: `h264`, `vp9`. */
  readonly codec: string;
  /** As ffmpeg names it: `mov,mp4,m4a,3gp,3g2,mj2`, `matroska,webm`. */
  readonly container: string;
  readonly sizeBytes: number;
}

/** What decoding needs to know beside the facts. */
export interface ProbedVideo {
  readonly source: SourceFile;
  readonly facts: VideoFacts;
  readonly streamIndex: number;
  /** Frames a second on average; 25 where unknown. */
  readonly frameRate: number;
  /** As ffprobe names it: `bt709`; `unknown` where the stream does not say. */
  readonly colourMatrix: string;
}

export interface ProbeOptions {
  readonly ffmpeg?: FfmpegTools | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly limits?: Partial<VideoLimits> | undefined;
}

/**
 * Reads what a video's file says of itself, without decoding it.
 *
 * @throws UnreadableVideoError, NoVideoStreamError, VideoLimitError; the signal's reason where it aborts
 */
export async function probeVideo(file: string, options: ProbeOptions = {}): Promise<VideoFacts> {
  const tools = options.ffmpeg ?? (await findFfmpeg());
  const limits = { ...DEFAULT_VIDEO_LIMITS, ...options.limits };
  return (await probeSource(file, tools, limits, options.signal)).facts;
}

/** As probeVideo, with what decoding needs to know. */
export async function probeSource(
  file: string,
  tools: FfmpegTools,
  limits: VideoLimits,
  signal: AbortSignal | undefined,
): Promise<ProbedVideo> {
  const source = await openSource(file, limits.maxBytes);
  signal?.throwIfAborted();
  const { streams, format } = await abortable(readHead(source, tools, limits), signal);

  const stream = streams.find((one) => one.codec_type === "video" && one.disposition?.attached_pic !== 1);
  if (stream === undefined) throw new NoVideoStreamError(source.name);

  const { width, height } = shownSize(stream);
  if (!(width > 0 && height > 0))
    throw new UnreadableVideoError(source.name, "it does not say how large its frames are");
  if (width * height > limits.maxPixels) throw frameTooLarge(source, width, height, limits.maxPixels);

  const stated = firstPositive(format.duration, stream.duration);
  const seconds = stated ?? (await abortable(timeLastPacket(source, tools, limits, stream.index), signal));
  const durationMs = Math.round(seconds * 1000);
  if (durationMs > limits.maxDurationMs) {
    throw new VideoLimitError(source.name, `plays for ${durationMs} ms; the limit is ${limits.maxDurationMs} ms`);
  }

  const facts: VideoFacts = {
    durationMs,
    width,
    height,
    codec: stream.codec_name ?? "unknown",
    container: format.format_name ?? "unknown",
    sizeBytes: source.sizeBytes,
  };
  const frameRate = parseRatio(stream.avg_frame_rate, "/") ?? parseRatio(stream.r_frame_rate, "/") ?? 25;
  return { source, facts, streamIndex: stream.index, frameRate, colourMatrix: stream.color_space ?? "unknown" };
}

async function readHead(source: SourceFile, tools: FfmpegTools, limits: VideoLimits): Promise<FfprobeData> {
  const { maxPixels, maxSilenceMs } = limits;
  const refuse = (cause: unknown): never => {
    const tooLarge = /Picture size (\d+)x(\d+) exceeds/.exec(String(cause));
    throw tooLarge
      ? frameTooLarge(source, Number(tooLarge[1]), Number(tooLarge[2]), maxPixels)
      : new UnreadableVideoError(source.name, "it is damaged, or no video of an accepted kind", { cause });
  };
  return askFfprobe(source, tools, maxPixels)
    .catch((error: unknown) => {
      if (!String(error).includes("was killed with signal")) throw error;
      return readHeadByDecoder(source.url, tools, maxPixels, maxSilenceMs / 1000);
    })
    .catch(refuse);
}

function frameTooLarge(source: SourceFile, width: number, height: number, maxPixels: number): VideoLimitError {
  return new VideoLimitError(source.name, `has frames of ${width} x ${height} px; the limit is ${maxPixels} pixels`);
}

function askFfprobe(source: SourceFile, tools: FfmpegTools, maxPixels: number): Promise<FfprobeData> {
  return new Promise((resolve, reject) => {
    ffmpegCommand(source.url)
      // Kept in a place that all commands of the process share, so it is set right before each use.
      .setFfprobePath(tools.ffprobePath)
      .ffprobe(["-v", "error", ...hardenedInput(maxPixels)], (error: unknown, data) => {
        if (error instanceof Error) reject(error);
        else resolve(data);
      });
  });
}

/** Runs through the packets without decoding them. For files that were never finished, such as recordings. */
function timeLastPacket(source: SourceFile, tools: FfmpegTools, limits: VideoLimits, stream: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let seconds = 0;
    ffmpegCommand(source.url, { timeout: limits.maxSilenceMs / 1000 })
      .setFfmpegPath(tools.ffmpegPath)
      .inputOptions(["-nostdin", ...hardenedInput(limits.maxPixels)])
      .outputOptions(["-map", `0:${stream}`, "-c", "copy"])
      .format("null")
      .on("progress", ({ timemark }: { timemark: string }) => (seconds = parseTimemark(timemark)))
      .on("error", (cause: Error) => reject(new UnreadableVideoError(source.name, "it is damaged", { cause })))
      .on("end", () => resolve(seconds))
      .save("-");
  });
}

/** `00:01:02.50` in seconds. */
function parseTimemark(timemark: string): number {
  return timemark.split(":").reduce((total, part) => total * 60 + (Number(part) || 0), 0);
}

/** Rotation by a quarter turn swaps the sides; pixels that are not square are stretched in width, as a player does. */
function shownSize(stream: FfprobeStream): { width: number; height: number } {
  const width = Math.round((stream.width ?? 0) * (parseRatio(stream.sample_aspect_ratio, ":") ?? 1));
  const height = stream.height ?? 0;
  const tags = stream["tags"] as Record<string, unknown> | undefined;
  const rotation = Math.abs(Number(stream.rotation ?? tags?.["rotate"] ?? 0));
  return rotation % 180 === 90 ? { width: height, height: width } : { width, height };
}

function parseRatio(text: string | undefined, by: string): number | undefined {
  const [above, below] = (text ?? "").split(by).map(Number);
  const ratio = (above ?? 0) / (below ?? 0);
  return Number.isFinite(ratio) && ratio > 0 ? ratio : undefined;
}

function firstPositive(...values: unknown[]): number | undefined {
  return values.map(Number).find((value) => Number.isFinite(value) && value > 0);
}

/** ffprobe reads only the head of a local file and ends by itself, so that leaving it behind is enough. */
function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

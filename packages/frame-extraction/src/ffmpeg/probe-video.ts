import type { GivenLimits } from "../limits/read-limits.js";
import { findFfmpeg, type FfmpegTools } from "./find-ffmpeg.js";
import { readHead } from "./read-head.js";
import { openSource, type SourceFile } from "./source-file.js";
import { timeLastPacket } from "./time-last-packet.js";
import { frameTooLarge, NoVideoStreamError, UnreadableVideoError, VideoLimitError } from "./video-errors.js";
import type { StreamHead, VideoHead } from "./video-head.js";
import { readVideoLimits, type VideoLimits } from "./video-limits.js";

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
  readonly limits?: GivenLimits<VideoLimits> | undefined;
}

/**
 * Reads what a video's file says of itself, without decoding it.
 *
 * @throws UnreadableVideoError, NoVideoStreamError, VideoLimitError, DecoderUnavailableError, DecoderStoppedError;
 *   InvalidLimitError for a limit that can be none; the signal's reason where it aborts
 */
export async function probeVideo(file: string, options: ProbeOptions = {}): Promise<VideoFacts> {
  const limits = readVideoLimits(options.limits);
  const tools = options.ffmpeg ?? (await findFfmpeg());
  return (await probeSource(file, tools, limits, options.signal)).facts;
}

/** As probeVideo, with what decoding needs to know. */
export async function probeSource(
  file: string,
  tools: FfmpegTools,
  limits: VideoLimits,
  signal: AbortSignal | undefined,
): Promise<ProbedVideo> {
  signal?.throwIfAborted();
  const source = await openSource(file, limits.maxBytes);
  const { streams, format } = await readHead(source, tools, limits, signal);

  const stream = streams.find((one) => one.codec_type === "video" && one.disposition?.attached_pic !== 1);
  if (stream === undefined) throw new NoVideoStreamError(source.name);

  const { width, height } = shownSize(stream);
  if (!(width > 0 && height > 0))
    throw new UnreadableVideoError(source.name, "it does not say how large its frames are");
  if (width * height > limits.maxPixels) throw frameTooLarge(source.name, width, height, limits.maxPixels);

  const stated = statedSeconds(format, stream);
  const seconds = stated ?? (await timeLastPacket(source, tools, limits, stream.index, signal));
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

/** Rotation by a quarter turn swaps the sides; pixels that are not square are stretched in width, as a player does. */
function shownSize(stream: StreamHead): { width: number; height: number } {
  const width = Math.round((stream.width ?? 0) * (parseRatio(stream.sample_aspect_ratio, ":") ?? 1));
  const height = stream.height ?? 0;
  const turned = stream.side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation;
  const rotation = Math.abs(Number(turned ?? stream.tags?.["rotate"] ?? 0));
  return rotation % 180 === 90 ? { width: height, height: width } : { width, height };
}

function parseRatio(text: string | undefined, by: string): number | undefined {
  const [above, below] = (text ?? "").split(by).map(Number);
  const ratio = (above ?? 0) / (below ?? 0);
  return Number.isFinite(ratio) && ratio > 0 ? ratio : undefined;
}

/** From the first frame on. Matroska states when the last one ends, which is later where the first one is not at 0. */
function statedSeconds(format: VideoHead["format"], stream: StreamHead): number | undefined {
  const stated = firstPositive(format.duration, stream.duration);
  const start = firstPositive(format.start_time) ?? 0;
  if (stated === undefined || start >= stated || !format.format_name?.startsWith("matroska")) return stated;
  return stated - start;
}

function firstPositive(...values: unknown[]): number | undefined {
  return values.map(Number).find((value) => Number.isFinite(value) && value > 0);
}

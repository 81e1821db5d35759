import { spawn, type ChildProcess } from "node:child_process";
import { availableParallelism, constants } from "node:os";
import type { Readable } from "node:stream";
import { DecoderStoppedError, isFromOutside } from "../ffmpeg/decoder-errors.js";
import { keepFrameTimes, type FfmpegTools } from "../ffmpeg/find-ffmpeg.js";
import { hardenedInput } from "../ffmpeg/hardened-input.js";
import type { ProbedVideo } from "../ffmpeg/probe-video.js";
import { startProgram } from "../ffmpeg/start-program.js";
import { UnreadableVideoError, VideoLimitError } from "../ffmpeg/video-errors.js";
import type { VideoLimits } from "../ffmpeg/video-limits.js";
import type { FullFormat } from "../full-size/full-format.js";
import type { FullPicture, FullPictures } from "../full-size/full-pictures.js";
import { DecoderPipes, type DecoderPipe } from "./decoder-pipes.js";
import { ENCODER_SIZE, THUMB_HEIGHT, THUMB_WIDTH, filterGraph } from "./filter-graph.js";
import type { FramePicker } from "./frame-picker.js";
import { FrameTimes } from "./frame-times.js";

/** One decoded frame: every frame of the video is one, and some carry their full picture. */
export interface DecodedFrame {
  /** Number of the decoded frame, from 0. */
  readonly index: number;
  /** The stream's own time in ms since the start of the file; undefined where the frame has none. */
  readonly timestampMs: number | undefined;
  /** [36,64,3] RGB */
  readonly thumb: Uint8Array;
  readonly picture: PickedPicture | undefined;
}

export interface PickedPicture {
  /** [224,224,3] RGB */
  readonly rgb: Uint8Array;
  readonly full: FullPicture;
}

/** Where full-size pictures go, and in which form they are to come. */
export interface FullSize {
  readonly format: FullFormat;
  readonly pictures: FullPictures;
}

const THUMB_BYTES = THUMB_WIDTH * THUMB_HEIGHT * 3;
const ENCODER_BYTES = ENCODER_SIZE * ENCODER_SIZE * 3;

/** More than cores: a thread waits for the one that decodes the frame before, and for the filters. */
const DECODER_THREADS = Math.min(availableParallelism() + 2, 8);

/**
 * Decodes a video once and gives its frames in order. Decoding stops while the consumer is busy, and ends at once when
 * the consumer leaves the loop or the signal aborts.
 *
 * A damaged video gives the frames that can be decoded.
 *
 * @throws UnreadableVideoError where not one frame can be decoded; VideoLimitError; DecoderUnavailableError;
 *   DecoderStoppedError; the signal's reason
 */
export async function* decodeFrames(
  video: ProbedVideo,
  picker: FramePicker,
  full: FullSize,
  tools: FfmpegTools,
  limits: VideoLimits,
  signal: AbortSignal | undefined,
): AsyncGenerator<DecodedFrame, void, undefined> {
  signal?.throwIfAborted();
  const child = await startProgram(tools.ffmpegPath, () =>
    spawn(tools.ffmpegPath, decoderArguments(video, picker, full.format, tools, limits), {
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
      windowsHide: true,
    }),
  );
  const exited = exitOf(child);
  let waitedMs = 0;

  const pipes = new DecoderPipes(() => {
    const since = performance.now();
    const patience = Math.min(limits.maxSilenceMs, limits.maxDecodeMs - waitedMs);
    const timer = setTimeout(() => {
      pipes.fail(
        new VideoLimitError(video.source.name, `took too long to decode: no frame within ${Math.round(patience)} ms`),
      );
    }, patience);
    return () => {
      clearTimeout(timer);
      waitedMs += performance.now() - since;
    };
  });
  const open = (fd: number): DecoderPipe => pipes.add(child.stdio[fd] as Readable);
  const [thumbs, log, encoderInputs, fullSize] = [open(1), open(2), open(3), open(4)];
  const times = new FrameTimes(log);
  const abort = (): void => {
    child.kill("SIGKILL"); // At once: the consumer may be busy for long before it asks for the next frame.
    pipes.fail(signal?.reason as Error);
  };
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted === true) abort(); // It may have been while the decoder was being started.

  let index = 0;
  try {
    for (; ; index++) {
      const thumb = await thumbs.read(THUMB_BYTES);
      const time = thumb && (await times.next());
      if (thumb === undefined || time === undefined) break;
      let picture: PickedPicture | undefined;
      if (picker.picks(time)) {
        const rgb = await encoderInputs.read(ENCODER_BYTES);
        const taken = await full.pictures.take();
        // The decoder may have died between two pipes.
        if (rgb === undefined || !(await fullSize.readInto(taken.bytes))) break;
        picture = { rgb: new Uint8Array(rgb), full: taken.picture };
      }
      const timestampMs = Number.isNaN(time.seconds) ? undefined : Math.round(time.seconds * 1000);
      yield { index, timestampMs, thumb: new Uint8Array(thumb), picture };
      signal?.throwIfAborted();
    }
    const failure = await exited;
    const complaints = await times.complaints();
    const signalled = failure?.killedBy ?? signalToldBy(complaints);
    if (signalled === "SIGXCPU") {
      throw new VideoLimitError(
        video.source.name,
        `took too long to decode: more than ${cpuSecondsOf(limits)} s of the processors' time`,
      );
    }
    if (signalled && isFromOutside(signalled)) throw new DecoderStoppedError(video.source.name, signalled);
    if (index === 0) {
      const cause = new Error([failure?.message, ...complaints].join("\n"));
      throw new UnreadableVideoError(video.source.name, "not one frame can be decoded", { cause });
    }
  } finally {
    signal?.removeEventListener("abort", abort);
    child.kill("SIGKILL");
    pipes.drain();
    await exited;
  }
}

function decoderArguments(
  { source, streamIndex, colourMatrix }: ProbedVideo,
  picker: FramePicker,
  full: FullFormat,
  tools: FfmpegTools,
  limits: VideoLimits,
): string[] {
  const keepTimes = keepFrameTimes(tools);
  const raw = [...keepTimes, "-pix_fmt", "rgb24", "-f", "rawvideo"];
  return [
    ...["-hide_banner", "-nostdin", "-nostats", "-loglevel", "info", "-timelimit", String(cpuSecondsOf(limits))],
    ...["-threads", String(DECODER_THREADS), ...hardenedInput(limits.maxPixels), "-i", source.url],
    ...["-filter_complex", filterGraph(streamIndex, picker.expression, colourMatrix, full)],
    ...["-map", "[every]", ...raw, "pipe:1"],
    ...["-map", "[encoder]", ...raw, "pipe:3"],
    ...["-map", "[full]", ...keepTimes, "-pix_fmt", full.pixelFormat, "-f", "rawvideo", "pipe:4"],
  ];
}

/**
 * What all threads can use in the time that the decoder may be waited for. It ends a decoder that nobody waits for any
 * more, because the process that started it was killed.
 */
function cpuSecondsOf({ maxDecodeMs }: VideoLimits): number {
  return Math.ceil(maxDecodeMs / 1000) * DECODER_THREADS;
}

/** ffmpeg ends itself when it is asked to by a signal; only its log tells that the video was not over. */
function signalToldBy(complaints: readonly string[]): string | undefined {
  const number = complaints.map((line) => /^Exiting normally, received signal (\d+)/.exec(line)?.[1]).find(Boolean);
  return number && (Object.entries(constants.signals).find(([, n]) => n === Number(number))?.[0] ?? `signal ${number}`);
}

interface Failure {
  readonly message: string;
  readonly killedBy: NodeJS.Signals | undefined;
}

function exitOf(child: ChildProcess): Promise<Failure | undefined> {
  return new Promise((resolve) => {
    child.once("close", (code, killedBy) => {
      const message = `ended with ${killedBy ?? code ?? "nothing"}`;
      resolve(code === 0 ? undefined : { message, killedBy: killedBy ?? undefined });
    });
  });
}

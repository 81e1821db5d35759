import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { DecoderPipes, type DecoderPipe } from "../decode/decoder-pipes.js";
import { DecoderStoppedError, JpegsFailedError, type DecoderError } from "../ffmpeg/decoder-errors.js";
import { keepFrameTimes, type FfmpegTools } from "../ffmpeg/find-ffmpeg.js";
import { startProgram } from "../ffmpeg/start-program.js";
import type { FullFormat } from "./full-format.js";

/** ffmpeg's own scale, 2 best .. 31. At 3 a 1080p frame is about 250 KB. */
const JPEG_QUALITY = "3";

interface Waiting {
  readonly resolve: (jpeg: Uint8Array) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * A process of ffmpeg that makes JPEGs of raw pictures, one after another, beside the decoder. A picture may come out
 * only when a later one has gone in, or at the end: builds differ.
 */
export class JpegPress {
  readonly #exited: Promise<DecoderError>;
  readonly #waiting: Waiting[] = [];
  readonly #pipes: DecoderPipes;
  #taken: Promise<void> = Promise.resolve();
  /** Set when it has ended, and nothing that is put in comes out any more. */
  #gone: DecoderError | undefined;
  #stoodStill = false;

  /**
   * @param source       the video's name, for messages
   * @param maxSilenceMs how long it may take nothing and give nothing while it has something to do
   * @throws DecoderUnavailableError
   */
  static async start(
    source: string,
    { width, height, pixelFormat, toJpegColours }: FullFormat,
    tools: FfmpegTools,
    maxSilenceMs: number,
  ): Promise<JpegPress> {
    const input = ["-f", "rawvideo", "-pix_fmt", pixelFormat, "-s", `${width}x${height}`, "-i", "pipe:0"];
    // One thread: with more, an encoder holds back a picture for each, and the cores are the decoder's.
    const jpeg = ["-threads", "1", "-c:v", "mjpeg", "-q:v", JPEG_QUALITY, "-f", "mpjpeg", "pipe:1"];
    const args = ["-hide_banner", "-nostats", "-loglevel", "error", ...input]
      .concat(["-vf", `${toJpegColours},setsar=1`, ...keepFrameTimes(tools)])
      .concat(jpeg);
    const child = await startProgram(tools.ffmpegPath, () =>
      spawn(tools.ffmpegPath, args, { stdio: ["pipe", "pipe", "ignore"], windowsHide: true }),
    );
    return new JpegPress(source, child, maxSilenceMs);
  }

  private constructor(
    private readonly source: string,
    private readonly child: ChildProcessByStdio<Writable, Readable, null>,
    private readonly maxSilenceMs: number,
  ) {
    this.#exited = new Promise((resolve) => {
      child.once("close", (code, killedBy) => resolve(this.#endOf(code, killedBy)));
    });
    this.#pipes = new DecoderPipes(() => () => undefined);
    // It closes its end when it dies; that it died is told by its exit.
    child.stdin.on("error", () => undefined);
    void this.#giveOut(this.#pipes.add(child.stdout));
  }

  /**
   * Resolves when the picture before this one has been taken in: whoever waits for that never has more than two under way.
   *
   * @param raw may be written to again when `taken` resolves
   */
  async press(raw: Uint8Array): Promise<{ readonly jpeg: Promise<Uint8Array>; readonly taken: Promise<void> }> {
    await this.#taken;
    const jpeg = new Promise<Uint8Array>((resolve, reject) => {
      if (this.#gone) reject(this.#gone);
      else this.#waiting.push({ resolve, reject });
    });
    // Handled where it is awaited; until then it must not count as unhandled.
    jpeg.catch(() => undefined);
    const timer = this.#beginPatience();
    this.#taken = Promise.race([
      new Promise<void>((resolve) => this.child.stdin.write(raw, () => resolve())),
      this.#exited.then(() => undefined),
    ]).finally(() => clearTimeout(timer));
    return { jpeg, taken: this.#taken };
  }

  /** Nothing more will be put in: what is still inside comes out. */
  end(): void {
    this.child.stdin.end();
    const timer = this.#beginPatience();
    void this.#exited.finally(() => clearTimeout(timer));
  }

  /** Ends it at once, and waits for that. */
  async close(): Promise<void> {
    this.child.kill("SIGKILL");
    this.#pipes.drain();
    await this.#exited;
  }

  #beginPatience(): NodeJS.Timeout {
    return setTimeout(() => {
      this.#stoodStill = true;
      this.child.kill("SIGKILL");
    }, this.maxSilenceMs);
  }

  #endOf(code: number | null, killedBy: NodeJS.Signals | null): DecoderError {
    if (this.#stoodStill) return new JpegsFailedError(this.source, `stood still for ${this.maxSilenceMs} ms`);
    if (killedBy !== null) return new DecoderStoppedError(this.source, killedBy);
    return new JpegsFailedError(this.source, `ended with ${code ?? "nothing"}`);
  }

  async #giveOut(output: DecoderPipe): Promise<void> {
    for (;;) {
      const jpeg = await readPart(output);
      if (jpeg === undefined) break;
      this.#waiting.shift()?.resolve(Uint8Array.from(jpeg));
    }
    const gone = await this.#exited;
    this.#gone = gone;
    for (const { reject } of this.#waiting.splice(0)) reject(gone);
  }
}

/** One picture of a multipart stream, whose header says its length. */
async function readPart(pipe: DecoderPipe): Promise<Buffer | undefined> {
  const header = await pipe.readUntil("\r\n\r\n");
  const length = /content-length: *(\d+)/i.exec(header ?? "")?.[1];
  return length === undefined ? undefined : pipe.read(Number(length));
}

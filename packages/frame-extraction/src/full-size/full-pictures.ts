import type { FfmpegTools } from "../ffmpeg/find-ffmpeg.js";
import type { FullFormat } from "./full-format.js";
import { JpegPress } from "./jpeg-press.js";

/** Raw pictures kept in all; beyond it they are pressed before it is known whether they are wanted. 20 of full HD. */
const RAW_BUDGET_BYTES = 64 * 1024 * 1024;

/** The full-size picture of a frame: raw until its JPEG is asked for, or until memory is short. */
export class FullPicture {
  jpeg: Promise<Uint8Array> | undefined;

  constructor(public raw: Uint8Array | undefined) {}
}

/**
 * The full-size pictures of the frames that are being looked at. A JPEG costs as much as decoding two or three frames,
 * and of most that are looked at none is wanted: so it is made when a frame is chosen, by a process of its own beside the
 * decoder. Memory does not grow with the video: there is a budget, and the memory of a picture that went is used again.
 */
export class FullPictures {
  readonly #raw = new Set<FullPicture>();
  readonly #free: Uint8Array[] = [];
  readonly #most: number;
  #press: Promise<JpegPress> | undefined;

  /** @param source the video's name, for messages */
  constructor(
    private readonly source: string,
    private readonly format: FullFormat,
    private readonly tools: FfmpegTools,
    private readonly maxSilenceMs: number,
    private readonly signal: AbortSignal | undefined,
    budgetBytes = RAW_BUDGET_BYTES,
  ) {
    this.#most = Math.max(1, Math.floor(budgetBytes / format.bytes));
    signal?.addEventListener("abort", this.#stop, { once: true });
  }

  /** Pictures that are raw still. */
  get rawCount(): number {
    return this.#raw.size;
  }

  /** A picture to be filled in from the decoder. */
  async take(): Promise<{ readonly picture: FullPicture; readonly bytes: Uint8Array }> {
    for (const oldest of this.#raw) {
      if (this.#raw.size < this.#most) break;
      await this.develop(oldest);
    }
    const bytes = this.#free.pop() ?? new Uint8Array(this.format.bytes);
    const picture = new FullPicture(bytes);
    this.#raw.add(picture);
    return { picture, bytes };
  }

  /**
   * Has its JPEG made. Waits while the press is behind, so that no more than two raw pictures are under way to it.
   *
   * @throws DecoderUnavailableError where no process can be started that makes it
   */
  async develop(picture: FullPicture): Promise<void> {
    const { raw } = picture;
    if (raw === undefined) return;
    picture.raw = undefined;
    this.#raw.delete(picture);
    this.#press ??= JpegPress.start(this.source, this.format, this.tools, this.maxSilenceMs);
    const press = await this.#press;
    const { jpeg, taken } = await press.press(raw);
    picture.jpeg = jpeg;
    void taken.then(() => this.#free.push(raw));
  }

  /** It is not wanted: its memory is for another. */
  discard(picture: FullPicture): void {
    if (picture.raw === undefined) return;
    this.#free.push(picture.raw);
    picture.raw = undefined;
    this.#raw.delete(picture);
  }

  /** No more will be developed: the last JPEGs come out. */
  end(): void {
    void this.#whilePressed((press) => press.end());
  }

  async close(): Promise<void> {
    this.signal?.removeEventListener("abort", this.#stop);
    await this.#whilePressed((press) => press.close());
  }

  readonly #stop = (): void => void this.#whilePressed((press) => press.close());

  /** That a press could not be started is told where it was asked for. */
  async #whilePressed(work: (press: JpegPress) => void | Promise<void>): Promise<void> {
    await this.#press?.then(work, () => undefined);
  }
}

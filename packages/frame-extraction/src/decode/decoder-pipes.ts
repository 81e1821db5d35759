import type { Readable } from "node:stream";

/** Read ahead by so much in all, so that the decoder need not wait for each single read. */
const READ_AHEAD_BYTES = 1 << 20;

/** Called by whoever waits for the decoder; the returned function ends the wait. */
type WaitWatch = () => () => void;

/**
 * The pipes of one process, read in any order.
 *
 * While a read waits, all pipes flow: the process writes them in turn, and would stand still for ever at a full one
 * while another is waited for. While no read waits, they stop after a little reading ahead, and with them the process:
 * that is the back-pressure.
 */
export class DecoderPipes {
  readonly #pipes: DecoderPipe[] = [];
  #waiting = 0;

  constructor(private readonly watch: WaitWatch) {}

  add(stream: Readable): DecoderPipe {
    const pipe = new DecoderPipe(stream, {
      begin: () => this.#begin(),
      arrived: () => this.#pauseWhenFull(),
    });
    this.#pipes.push(pipe);
    return pipe;
  }

  /** Makes every read that waits and every later one fail. */
  fail(reason: Error): void {
    for (const pipe of this.#pipes) pipe.fail(reason);
  }

  /** Lets everything flow away unread, so that a process which is ending can end. */
  drain(): void {
    for (const pipe of this.#pipes) pipe.drain();
  }

  #begin(): () => void {
    this.#waiting += 1;
    const endWatch = this.watch();
    for (const pipe of this.#pipes) pipe.resume();
    return () => {
      this.#waiting -= 1;
      endWatch();
    };
  }

  #pauseWhenFull(): void {
    if (this.#waiting > 0) return;
    const held = this.#pipes.reduce((total, pipe) => total + pipe.heldBytes, 0);
    if (held > READ_AHEAD_BYTES) for (const pipe of this.#pipes) pipe.pause();
  }
}

interface Flow {
  readonly begin: () => () => void;
  readonly arrived: () => void;
}

/** One pipe: bytes in, exact pieces out. One read at a time. */
export class DecoderPipe {
  #chunks: Buffer[] = [];
  #held = 0;
  #ended = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;
  #draining = false;

  constructor(
    private readonly stream: Readable,
    private readonly flow: Flow,
  ) {
    stream.on("data", (chunk: Buffer) => {
      if (this.#draining) return;
      this.#chunks.push(chunk);
      this.#held += chunk.length;
      this.#wake?.();
      flow.arrived();
    });
    const end = (): void => {
      this.#ended = true;
      this.#wake?.();
    };
    stream.on("end", end).on("close", end).on("error", end);
    stream.pause();
  }

  get heldBytes(): number {
    return this.#held;
  }

  /** @returns exactly `length` bytes, or undefined where the pipe ended before them */
  async read(length: number): Promise<Buffer | undefined> {
    await this.#until(() => this.#held >= length);
    return this.#held >= length ? this.#take(length) : undefined;
  }

  /** @returns whether all of `target` was filled: not where the pipe ended before */
  async readInto(target: Uint8Array): Promise<boolean> {
    await this.#until(() => this.#held >= target.length);
    if (this.#held < target.length) return false;
    // Piece by piece: what is read so is large, and need not be in memory a third time.
    for (let filled = 0; filled < target.length;) {
      const chunk = this.#chunks.shift();
      if (chunk === undefined) throw new Error("The pipe holds less than it says.");
      const piece = chunk.subarray(0, target.length - filled);
      target.set(piece, filled);
      filled += piece.length;
      if (piece.length < chunk.length) this.#chunks.unshift(chunk.subarray(piece.length));
    }
    this.#held -= target.length;
    return true;
  }

  /** @returns the bytes before the next `mark`, which is left out; undefined where the pipe ended before it */
  async readUntil(mark: string): Promise<string | undefined> {
    let found = -1;
    let searched = 0;
    await this.#until(() => {
      if (this.#held === searched) return false;
      searched = this.#held;
      found = this.#join().indexOf(mark);
      return found >= 0;
    });
    if (found < 0) return undefined;
    const text = this.#take(found).toString("utf8");
    this.#take(mark.length);
    return text;
  }

  resume(): void {
    this.stream.resume();
  }

  pause(): void {
    this.stream.pause();
  }

  fail(reason: Error): void {
    this.#failure ??= reason;
    this.#wake?.();
  }

  drain(): void {
    this.#draining = true;
    this.#chunks = [];
    this.#held = 0;
    this.stream.resume();
  }

  /** The wait ends within the event that brings the last byte: a fast source may bring the next without a pause. */
  #until(isThere: () => boolean): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (isThere() || this.#ended) return Promise.resolve();
    const endWait = this.flow.begin();
    return new Promise((resolve, reject) => {
      this.#wake = () => {
        if (!this.#failure && !isThere() && !this.#ended) return;
        this.#wake = undefined;
        endWait();
        if (this.#failure) reject(this.#failure);
        else resolve();
      };
    });
  }

  #join(): Buffer {
    const all = this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }

  #take(length: number): Buffer {
    const all = this.#join();
    this.#held -= length;
    this.#chunks = this.#held > 0 ? [all.subarray(length)] : [];
    return all.subarray(0, length);
  }
}

import { setTimeout as sleep } from "node:timers/promises";
import { FacetError } from "@facet/domain";
import type { EncodedImage, FeatureEncoder } from "@facet/feature-encoder";
import type { ExtractedFrame } from "@facet/frame-extraction";

/** Small, because the event loop stands still while a batch is encoded; larger ones gain little. */
const BATCH = 4;

/** Between batches whoever waits for the database or the network gets this long to go some steps further. */
const BREATH_MS = 10;

/** A candidate frame with everything that is stored of it. */
export type EncodedFrame = Omit<ExtractedFrame, "rgb"> & EncodedImage;

/** Thrown when a video has candidate frames, but each of them was found unsafe. */
export class NoSafeFrameError extends FacetError {
  readonly code = "NO_SAFE_FRAME";
  constructor(found: number, threshold: number) {
    super(`All ${found} candidate frames were found unsafe: each scored ${threshold} or more.`);
  }
}

/**
 * Encodes candidate frames (claim 6) in batches while the decoder goes on, and sets unsafe ones aside.
 *
 * @param unsafeThreshold 0..1, the score from which a frame is set aside; null keeps all
 * @throws NoSafeFrameError, and whatever the frames' source throws
 */
export async function collectCandidates(
  frames: AsyncIterable<ExtractedFrame>,
  encoder: FeatureEncoder,
  unsafeThreshold: number | null,
  onBatch: (encoded: number, timestampMs: number) => void = () => undefined,
): Promise<EncodedFrame[]> {
  const kept: EncodedFrame[] = [];
  let found = 0;

  const encode = async (batch: readonly ExtractedFrame[]): Promise<void> => {
    const encoded = await encoder.secondConvolutionUnit(batch.map((frame) => frame.rgb));
    for (const [position, frame] of batch.entries()) {
      const image = encoded[position];
      if (image === undefined) throw new Error("The encoder gave fewer features than it was given frames.");
      found += 1;
      if (unsafeThreshold !== null && image.unsafeScore >= unsafeThreshold) continue;
      // The encoder's input is left behind: of a long video it would be most of the memory.
      const { index, timestampMs, shot, width, height, jpeg, quality } = frame;
      kept.push({ index, timestampMs, shot, width, height, jpeg, quality, ...image });
    }
    await sleep(BREATH_MS);
    onBatch(found, batch.at(-1)?.timestampMs ?? 0);
  };

  let waiting: ExtractedFrame[] = [];
  let encoding: Promise<void> = Promise.resolve();
  try {
    for await (const frame of frames) {
      waiting.push(frame);
      if (waiting.length < BATCH) continue;
      await encoding;
      encoding = encode(waiting);
      // Handled where it is awaited; until then it must not count as unhandled.
      encoding.catch(() => undefined);
      waiting = [];
    }
  } finally {
    await encoding;
  }
  if (waiting.length > 0) await encode(waiting);

  if (kept.length === 0 && found > 0 && unsafeThreshold !== null) throw new NoSafeFrameError(found, unsafeThreshold);
  return kept;
}

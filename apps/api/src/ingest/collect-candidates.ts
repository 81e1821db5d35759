import { FacetError } from "@facet/domain";
import type { EncodedImage, FeatureEncoder } from "@facet/feature-encoder";
import type { ExtractedFrame } from "@facet/frame-extraction";
import { Stage } from "./stage.js";

/** Small, so that the encoder begins early and little is left to do when the last frame comes; larger ones gain little. */
const BATCH = 4;

/** A candidate frame with everything that is stored of it. */
export type EncodedFrame = Omit<ExtractedFrame, "rgb"> & EncodedImage;

/** What becomes of the frames of a video. */
export interface CandidateCollection {
  readonly encoder: Pick<FeatureEncoder, "secondConvolutionUnit">;
  /** 0..1, the score from which a frame is set aside; null keeps all. */
  readonly unsafeThreshold: number | null;
  /** Stores the pictures of frames that stay; called for one batch after the other. */
  readonly keep: (frames: readonly EncodedFrame[]) => Promise<unknown>;
  readonly onBatch?: ((encoded: number, timestampMs: number) => void) | undefined;
}

/** Thrown when a video has candidate frames, but each of them was found unsafe. */
export class NoSafeFrameError extends FacetError {
  readonly code = "NO_SAFE_FRAME";
  constructor(found: number, threshold: number) {
    super(`All ${found} candidate frames were found unsafe: each scored ${threshold} or more.`);
  }
}

/**
 * Encodes candidate frames (claim 6) in batches, sets unsafe ones aside, and has the pictures of the others kept: all at
 * once. While the decoder gathers a batch, the one before is encoded and the one before that is stored. Where one of the
 * three is behind, those before it wait; where one fails, the decoder is ended at once.
 *
 * @param extract gives frames until the signal aborts
 * @throws NoSafeFrameError, and whatever the frames' source, the encoder and the storing throw
 */
export async function collectCandidates(
  extract: (signal: AbortSignal) => AsyncIterable<ExtractedFrame>,
  { encoder, unsafeThreshold, keep, onBatch }: CandidateCollection,
): Promise<EncodedFrame[]> {
  const kept: EncodedFrame[] = [];
  let found = 0;
  const failed = new AbortController();
  const fail = (reason: unknown): void => failed.abort(reason);
  const [encoding, storing] = [new Stage(fail), new Stage(fail)];

  const encode = async (batch: readonly ExtractedFrame[]): Promise<void> => {
    const encoded = await encoder.secondConvolutionUnit(batch.map((frame) => frame.rgb));
    const safe = batch.flatMap((frame, position) => {
      const image = encoded[position];
      if (image === undefined) throw new Error("The encoder gave fewer features than it was given frames.");
      return unsafeThreshold !== null && image.unsafeScore >= unsafeThreshold ? [] : [joinWith(frame, image)];
    });
    found += batch.length;
    kept.push(...safe);
    onBatch?.(found, batch.at(-1)?.timestampMs ?? 0);
    if (safe.length > 0) await storing.begin(() => keep(safe).then(() => undefined));
  };

  try {
    let waiting: ExtractedFrame[] = [];
    for await (const frame of extract(failed.signal)) {
      waiting.push(frame);
      if (waiting.length < BATCH) continue;
      const batch = waiting;
      waiting = [];
      await encoding.begin(() => encode(batch));
    }
    if (waiting.length > 0) await encoding.begin(() => encode(waiting));
  } finally {
    // Whatever came of it: nothing is under way any more when this returns.
    await encoding.end().finally(() => storing.end());
  }

  if (kept.length === 0 && found > 0 && unsafeThreshold !== null) throw new NoSafeFrameError(found, unsafeThreshold);
  return kept;
}

/** The encoder's input is left behind: of a long video it would be most of the memory. */
function joinWith(
  { index, timestampMs, shot, width, height, jpeg, quality }: ExtractedFrame,
  image: EncodedImage,
): EncodedFrame {
  return { index, timestampMs, shot, width, height, jpeg, quality, ...image };
}

import type { FrameQuality } from "@facet/domain";
import type { FrameRuling, Prisma } from "../generated/prisma/client.js";

/** What is read of a frame, and of its picture without the bytes. */
export const frameSelection = {
  include: { image: { select: { hash: true, width: true, height: true } } },
} as const satisfies Prisma.CandidateFrameDefaultArgs;

type FrameRow = Prisma.CandidateFrameGetPayload<typeof frameSelection>;

/** A candidate frame as it is stored. */
export interface CandidateFrameRecord {
  readonly id: string;
  readonly videoId: string;
  readonly index: number;
  readonly timestampMs: number;
  readonly shot: number;
  readonly image: { readonly hash: string; readonly width: number; readonly height: number };
  readonly quality: FrameQuality & { readonly score: number };
  /** What the owner of the video says of it. */
  readonly ruling: FrameRuling;
}

export function toFrameRecord(row: FrameRow): CandidateFrameRecord {
  const { id, videoId, index, timestampMs, shot, image, qualityScore: score, ruling } = row;
  const { brightness, contrast, sharpness, uniformity, colourfulness } = row;
  const { clipping, noise, smear, detail, text, steadiness } = row;
  const measures = { brightness, contrast, sharpness, uniformity, colourfulness };
  const quality = { ...measures, clipping, noise, smear, detail, text, steadiness, score };
  return { id, videoId, index, timestampMs, shot, image, quality, ruling };
}

import type { FrameQuality } from "@facet/domain";
import { qualityScore } from "@facet/frame-extraction";
import { v7 as makeTimeOrderedUuid } from "uuid";
import { Prisma } from "../generated/prisma/client.js";
import type { EncodedFrame } from "./collect-candidates.js";

/** A frame whose picture is stored. */
export interface FrameOfImage {
  readonly imageHash: string;
  readonly frame: Omit<EncodedFrame, "jpeg">;
}

/** Every measure has a column of its own name. */
const MEASURES = Object.keys({
  ...{ brightness: true, contrast: true, sharpness: true, uniformity: true, colourfulness: true, clipping: true },
  ...{ noise: true, smear: true, detail: true, text: true, steadiness: true },
} satisfies Record<keyof FrameQuality, true>) as (keyof FrameQuality)[];
const MEASURE_COLUMNS = Prisma.join(MEASURES.map((measure) => Prisma.raw(`"${measure}"`)));

/** All candidate frames of a video in one statement. */
export async function insertFrames(
  database: Pick<Prisma.TransactionClient, "$executeRaw">,
  videoId: string,
  frames: readonly FrameOfImage[],
): Promise<void> {
  if (frames.length === 0) return;
  const each = <Value>(value: (frame: FrameOfImage["frame"]) => Value) => frames.map(({ frame }) => value(frame));
  const numbers = (value: (frame: FrameOfImage["frame"]) => number) => Prisma.sql`${each(value)}::float8[]`;
  await database.$executeRaw`
    INSERT INTO candidate_frame (
      id, video_id, image_hash, frame_index, timestamp_ms, shot, quality_score, unsafe_score, ${MEASURE_COLUMNS})
    SELECT id, ${videoId}, image_hash, frame_index, timestamp_ms, shot, quality_score, unsafe_score, ${MEASURE_COLUMNS}
      FROM unnest(
        ${frames.map(() => makeTimeOrderedUuid())}::uuid[],
        ${frames.map(({ imageHash }) => imageHash)}::text[],
        ${each(({ index }) => index)}::int[],
        ${each(({ timestampMs }) => timestampMs)}::int[],
        ${each(({ shot }) => shot)}::int[],
        ${numbers(({ quality, unsafeScore }) => qualityScore(quality, unsafeScore))},
        ${numbers(({ unsafeScore }) => unsafeScore)},
        ${Prisma.join(MEASURES.map((measure) => numbers(({ quality }) => quality[measure])))}
      ) AS frame (
        id, image_hash, frame_index, timestamp_ms, shot, quality_score, unsafe_score, ${MEASURE_COLUMNS})`;
}

import { FacetError } from "@facet/domain";
import DataLoader from "dataloader";
import type { PrismaClient } from "../generated/prisma/client.js";
import { frameSelection, toFrameRecord, type CandidateFrameRecord } from "./candidate-frame-record.js";

/** Thrown for a frame that went since its id was read: with its video, or with the source that it is of. */
export class CandidateFrameGoneError extends FacetError {
  readonly code = "FRAME_NOT_FOUND";
  constructor(id: string) {
    super(`Candidate frame ${id} is gone.`);
  }
}

/** Frames for one request: however many places ask, each kind of question is one statement. */
export interface CandidateFrameLoaders {
  readonly byId: DataLoader<string, CandidateFrameRecord>;
  /** By time. */
  readonly ofVideo: DataLoader<string, CandidateFrameRecord[]>;
}

export function makeCandidateFrameLoaders(prisma: PrismaClient): CandidateFrameLoaders {
  const byId = new DataLoader<string, CandidateFrameRecord>(async (ids) => {
    const rows = await prisma.candidateFrame.findMany({ where: { id: { in: [...ids] } }, ...frameSelection });
    const found = new Map(rows.map((row) => [row.id, toFrameRecord(row)]));
    return ids.map((id) => found.get(id) ?? new CandidateFrameGoneError(id));
  });
  const ofVideo = new DataLoader<string, CandidateFrameRecord[]>(async (videoIds) => {
    const rows = await prisma.candidateFrame.findMany({
      where: { videoId: { in: [...videoIds] } },
      orderBy: [{ timestampMs: "asc" }, { index: "asc" }],
      ...frameSelection,
    });
    const found = new Map<string, CandidateFrameRecord[]>(videoIds.map((videoId) => [videoId, []]));
    for (const row of rows) found.get(row.videoId)?.push(toFrameRecord(row));
    return videoIds.map((videoId) => found.get(videoId) ?? []);
  });
  return { byId, ofVideo };
}

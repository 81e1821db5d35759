import { HeardCache, type ChangeFeed } from "../changes/index.js";
import type { Video } from "../generated/prisma/client.js";
import type { CoverDecision } from "./cover-decision.js";
import type { VideoRules, ViewerState } from "./cover-grounds.js";
import type { DecisionStore } from "./decision-store.js";
import type { StoredCovers } from "./stored-covers.js";

/** Estimates, in bytes of memory. */
const VIDEO_BYTES = 2_000;
const VIEWER_BYTES = 500;
const DECISION_BYTES = 2_000;
const CANDIDATE_BYTES = 150;
/** Of one viewer: beyond, its covers begin anew. */
const MAX_COVERS = 1_000;
/** Videos are few beside viewers. */
const SHARE_OF_VIDEOS = 0.2;

type KnownVideo = Video & VideoRules;

interface KnownViewer {
  readonly state: ViewerState;
  /** By video. A decision holds as long as the viewer is kept here, and the video is the one that is kept there. */
  readonly covers: Map<string, { readonly video: KnownVideo; readonly decision: CoverDecision }>;
}

/**
 * Stored decisions out of memory, where all that is asked for is there; else out of the database in one statement.
 *
 * Nothing here is ever compared with the database: a viewer goes from the cache, decisions and all, at any change of it,
 * and a video at any change of its own. What was decided on a video's former state refers to an object that nobody finds
 * any more.
 */
export class CoverCache {
  readonly #viewers: HeardCache<KnownViewer>;
  readonly #videos: HeardCache<KnownVideo>;

  constructor(
    private readonly store: Pick<DecisionStore, "read">,
    feed: Pick<ChangeFeed, "isCurrent" | "isListening" | "subscribe">,
    maxBytes: number,
  ) {
    const forVideos = Math.floor(maxBytes * SHARE_OF_VIDEOS);
    this.#videos = new HeardCache(feed, { kind: "video", maxBytes: forVideos, bytesOf: () => VIDEO_BYTES });
    this.#viewers = new HeardCache(feed, { kind: "viewer", maxBytes: maxBytes - forVideos, bytesOf: bytesOfViewer });
  }

  async read(userId: string, videoIds: readonly string[], modelVersion: string): Promise<StoredCovers> {
    return this.#find(userId, videoIds, modelVersion) ?? (await this.#readAnew(userId, videoIds, modelVersion));
  }

  /** Undefined unless every video has a decision here: a statement for a part of a page is as good as one for all of it. */
  #find(userId: string, videoIds: readonly string[], modelVersion: string): StoredCovers | undefined {
    const viewer = this.#viewers.get(userId);
    if (viewer === undefined) return undefined;
    const videos = new Map<string, KnownVideo>();
    const decisions = new Map<string, CoverDecision>();
    for (const videoId of videoIds) {
      const video = this.#videos.get(videoId);
      const cover = viewer.covers.get(videoId);
      if (video === undefined || cover?.video !== video) return undefined;
      if (cover.decision.modelVersion !== modelVersion) return undefined;
      videos.set(videoId, video);
      decisions.set(videoId, cover.decision);
    }
    return { viewer: viewer.state, videos, decisions };
  }

  async #readAnew(userId: string, videoIds: readonly string[], modelVersion: string): Promise<StoredCovers> {
    const readings = { viewers: this.#viewers.begin(), videos: this.#videos.begin() };
    try {
      const stored = await this.store.read(userId, videoIds, modelVersion);
      if (stored.decisions.size === 0) return stored;
      const viewer = readings.viewers.keep(userId, { state: stored.viewer, covers: new Map() });
      if (viewer !== undefined && viewer.covers.size >= MAX_COVERS) viewer.covers.clear();
      for (const [videoId, decision] of stored.decisions) {
        const read = stored.videos.get(videoId);
        const video = read && readings.videos.keep(videoId, read);
        if (video !== undefined) viewer?.covers.set(videoId, { video, decision });
      }
      if (viewer !== undefined) this.#viewers.measureAnew(userId);
      return stored;
    } finally {
      readings.viewers.end();
      readings.videos.end();
    }
  }
}

function bytesOfViewer({ covers }: KnownViewer): number {
  let bytes = VIEWER_BYTES;
  for (const { decision } of covers.values()) bytes += DECISION_BYTES + decision.candidates.length * CANDIDATE_BYTES;
  return bytes;
}

import { HeardCache, type ChangeFeed } from "../changes/index.js";
import type { CandidateReader, EncodedCandidate } from "./candidate-reader.js";

/** Estimate of a candidate without its feature, in bytes of memory. */
const CANDIDATE_BYTES = 500;

interface CandidateSet {
  readonly candidates: readonly EncodedCandidate[];
}

/**
 * Candidate sets with their features out of memory, and out of the database where they are not there. They are the same
 * for every viewer, and most viewers are shown the same videos. A set goes at any change of its video.
 */
export class CandidateCache {
  readonly #sets: HeardCache<CandidateSet>;

  constructor(
    private readonly reader: Pick<CandidateReader, "readEncoded">,
    feed: Pick<ChangeFeed, "isCurrent" | "isListening" | "subscribe">,
    maxBytes: number,
  ) {
    this.#sets = new HeardCache(feed, { kind: "video", maxBytes, bytesOf });
  }

  /** As the reader's, of which only those are asked for that are not kept: in one statement. */
  async readEncoded(videoIds: readonly string[]): Promise<ReadonlyMap<string, readonly EncodedCandidate[]>> {
    const found = new Map<string, readonly EncodedCandidate[]>();
    for (const videoId of videoIds) {
      const kept = this.#sets.get(videoId);
      if (kept !== undefined) found.set(videoId, kept.candidates);
    }
    const lacking = videoIds.filter((videoId) => !found.has(videoId));
    if (lacking.length === 0) return found;
    const reading = this.#sets.begin();
    try {
      for (const [videoId, candidates] of await this.reader.readEncoded(lacking)) {
        reading.keep(videoId, { candidates });
        found.set(videoId, candidates);
      }
    } finally {
      reading.end();
    }
    return found;
  }
}

function bytesOf({ candidates }: CandidateSet): number {
  return candidates.reduce((sum, { feature }) => sum + CANDIDATE_BYTES + feature.byteLength, 1);
}

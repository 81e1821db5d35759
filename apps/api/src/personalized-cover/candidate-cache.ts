import { HeardCache, type ChangeFeed } from "../changes/index.js";
import type { CandidateReader, EncodedCandidate, EncodedSet } from "./candidate-reader.js";
import type { VideoScope } from "./cover-decision.js";

/** Estimate of a candidate without its feature, in bytes of memory. */
const CANDIDATE_BYTES = 500;

/**
 * Candidate sets with their features out of memory, and out of the database where they are not there. They are the same
 * for every viewer, and most viewers are shown the same videos. A set goes at any change of its video. Until that is heard
 * it is not given out either: by its revisions it is of another state than the one that is asked for.
 */
export class CandidateCache {
  readonly #sets: HeardCache<EncodedSet>;

  constructor(
    private readonly reader: Pick<CandidateReader, "readEncoded">,
    feed: Pick<ChangeFeed, "isCurrent" | "isListening" | "subscribe">,
    maxBytes: number,
  ) {
    this.#sets = new HeardCache(feed, { kind: "video", maxBytes, bytesOf });
  }

  /**
   * By video, each in exactly the state that is asked for: one that has become another meanwhile is left out. Those that
   * are not kept are read in one statement.
   */
  async read(scopes: readonly VideoScope[]): Promise<ReadonlyMap<string, readonly EncodedCandidate[]>> {
    const found = new Map<string, readonly EncodedCandidate[]>();
    const take = (scope: VideoScope, set: EncodedSet | undefined): void => {
      if (set?.videoRevision !== scope.videoRevision || set.rulesRevision !== scope.rulesRevision) return;
      found.set(scope.videoId, set.candidates);
    };
    for (const scope of scopes) take(scope, this.#sets.get(scope.videoId));
    const lacking = scopes.filter(({ videoId }) => !found.has(videoId));
    if (lacking.length === 0) return found;
    const reading = this.#sets.begin();
    try {
      const sets = await this.reader.readEncoded(lacking.map(({ videoId }) => videoId));
      for (const [videoId, set] of sets) reading.keep(videoId, set);
      for (const scope of lacking) take(scope, sets.get(scope.videoId));
    } finally {
      reading.end();
    }
    return found;
  }
}

function bytesOf({ candidates }: EncodedSet): number {
  return candidates.reduce((sum, { feature }) => sum + CANDIDATE_BYTES + feature.byteLength, 1);
}

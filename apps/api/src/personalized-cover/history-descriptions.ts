import type { HistoryInterestDescription, InterestAttentionScorer } from "@facet/interest-attention";
import { RecentlyUsed } from "./recently-used.js";

/** Viewers whose description is kept; each is some ten kilobytes. */
const KEPT = 500;

/** Whose history, and which version of it. */
export interface HistoryKey {
  readonly userId: string;
  /** A viewer that was deleted and comes back begins at version 0 again, and is another one. */
  readonly viewerSince: Date | null;
  readonly historyVersion: number;
}

/** Describes what viewers like (claim 5): once for each version of a history, however many videos it is used for. */
export class HistoryDescriptions {
  readonly #kept = new RecentlyUsed<HistoryInterestDescription>(KEPT);

  /** @param readHistory the features of a viewer's newest likes, oldest first; at least one */
  constructor(
    private readonly scorer: Pick<InterestAttentionScorer, "describeHistories" | "modelVersion">,
    private readonly readHistory: (userId: string) => Promise<readonly Float32Array[]>,
  ) {}

  describe({ userId, viewerSince, historyVersion }: HistoryKey): Promise<HistoryInterestDescription> {
    const key = JSON.stringify([userId, viewerSince, historyVersion, this.scorer.modelVersion]);
    return this.#kept.get(key, async () => {
      const [description] = await this.scorer.describeHistories([await this.readHistory(userId)]);
      if (description === undefined) throw new Error("The scorer gave no description.");
      return description;
    });
  }

  /** Drops every description of a viewer, or of all, also those that are being made. */
  forget(userId?: string): void {
    const ofViewer = userId === undefined ? "[" : `[${JSON.stringify(userId)},`;
    this.#kept.drop((key) => key.startsWith(ofViewer));
  }
}

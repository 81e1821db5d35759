import type { HistoryInterestDescription, InterestAttentionScorer } from "@facet/interest-attention";
import type { ReadHistory } from "../liked-image/history-reader.js";
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

  /** @param readHistory a viewer's newest likes; undefined where there is none */
  constructor(
    private readonly scorer: Pick<InterestAttentionScorer, "describeHistories" | "modelVersion">,
    private readonly readHistory: (userId: string) => Promise<ReadHistory | undefined>,
  ) {}

  /** @throws Error where the viewer's history is not of that version any more */
  describe({ userId, viewerSince, historyVersion }: HistoryKey): Promise<HistoryInterestDescription> {
    const key = JSON.stringify([userId, viewerSince, historyVersion, this.scorer.modelVersion]);
    return this.#kept.get(key, async () => {
      const history = await this.readHistory(userId);
      // Liked or unliked since the version was read: what is decided on that would be kept for the wrong one.
      if (history?.historyVersion !== historyVersion) throw new Error("The history has become another one meanwhile.");
      const [description] = await this.scorer.describeHistories([history.features]);
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

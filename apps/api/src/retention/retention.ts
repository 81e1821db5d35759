import type { Logger } from "pino";
import type { RetentionRecords, ViewerPlace } from "./retention-records.js";

const DAY_MS = 24 * 60 * 60 * 1000;
/** A picture is stored moments before what uses it. */
const UNUSED_IMAGE_DAYS = 1;
/** Rows of one statement. */
const BATCH = 1000;

/** How long things are kept, in days; null for ever. */
export interface RetentionPolicy {
  readonly decisionDays: number | null;
  readonly auditDays: number | null;
  /** Of an import of likes, since it ended. */
  readonly importDays: number | null;
}

/** Removes what is kept no longer. */
export class Retention {
  /** Who was emptied by what is nowhere to be found: all viewers are looked at, and so not every hour. Each process has its own day. */
  #viewersAgainAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly records: RetentionRecords,
    private readonly policy: RetentionPolicy,
    private readonly log: Logger,
    private readonly now: () => Date = () => new Date(),
    private readonly batch = BATCH,
  ) {}

  /** Batch after batch, until nothing is left that is too old. */
  async run(): Promise<void> {
    const { records, policy } = this;
    const decisions = await this.#remove(policy.decisionDays, (before, limit) =>
      records.removeDecisions(before, limit),
    );
    const viewers = await this.#removeEmptyViewers();
    const events = await this.#remove(policy.auditDays, (before, limit) => records.removeAuditEvents(before, limit));
    await this.#remove(policy.importDays, (before, limit) => records.removeImportLines(before, limit));
    const imports = await this.#remove(policy.importDays, (before, limit) => records.removeImports(before, limit));
    const images = await this.#remove(UNUSED_IMAGE_DAYS, (before, limit) => records.removeUnusedImages(before, limit));
    const removed = { decisions, viewers, events, imports, images };
    if (Object.values(removed).some((count) => count > 0)) this.log.info(removed, "what was too old is removed");
  }

  async #remove(days: number | null, removeBatch: (before: Date, limit: number) => Promise<number>): Promise<number> {
    if (days === null) return 0;
    // One moment for all batches: what grows old meanwhile is for the next run.
    const before = this.#before(days);
    let total = 0;
    for (;;) {
      const removed = await removeBatch(before, this.batch);
      total += removed;
      if (removed < this.batch) return total;
    }
  }

  async #removeEmptyViewers(): Promise<number> {
    const { decisionDays } = this.policy;
    const startedAt = this.now().getTime();
    if (decisionDays === null || startedAt < this.#viewersAgainAt) return 0;
    let total = 0;
    let place: ViewerPlace | undefined = { createdAt: this.#before(decisionDays), id: "" };
    while (place !== undefined) {
      const { removed, last } = await this.records.removeEmptyViewers(place, this.batch);
      total += removed;
      place = last;
    }
    this.#viewersAgainAt = startedAt + DAY_MS;
    return total;
  }

  #before(days: number): Date {
    return new Date(this.now().getTime() - days * DAY_MS);
  }
}

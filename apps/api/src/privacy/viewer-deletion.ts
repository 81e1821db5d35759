import { parseUserId } from "@facet/domain";
import { forgetUserId, recordAct } from "../audit/record-act.js";
import type { PrismaClient, Viewer } from "../generated/prisma/client.js";
import { blameField, settleInput, type Outcome } from "../graphql/user-errors.js";
import type { DerivedImages } from "../image/derived-images.js";
import { forgetGoneImages } from "../image/forget-gone-images.js";
import type { Caller } from "../keys/index.js";
import { lockOrMakeViewer } from "../liked-image/lock-viewer.js";
import type { HistoryDescriptions } from "../personalized-cover/history-descriptions.js";

/** Room for a viewer with many decisions. */
const DELETE_TIMEOUT_MS = 60_000;

/** Deletes all that is kept of a viewer. */
export class ViewerDeletion {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly descriptions: Pick<HistoryDescriptions, "forget">,
    private readonly derivedImages: Pick<DerivedImages, "forget">,
  ) {}

  /**
   * Likes and decisions go with the viewer's row, by foreign keys, and images that nobody else uses with the likes, by a
   * trigger; what was scaled and cropped of those goes from the disk. A like or a decision that is under way waits for the
   * row, and then finds it gone; a like knows by the event that it was deleted. That of a viewer who is not known has no row
   * to find gone: so there is an event then, too, and a row until it is there.
   *
   * @returns the viewer as it was; null where nothing was kept of one
   */
  delete(caller: Caller, userId: string): Promise<Outcome<Viewer | null>> {
    return settleInput(async () => {
      const id = await blameField("userId", ["INVALID_ID"], () => parseUserId(userId));
      const { viewer, hashes } = await this.prisma.$transaction(
        async (transaction) => {
          const { isNew } = await lockOrMakeViewer(transaction, id);
          const viewer = await transaction.viewer.findUniqueOrThrow({ where: { id } });
          // Events about a viewer can outlast its row: one that retention removed, one that was deleted before.
          await forgetUserId(transaction, id);
          const likes = await transaction.likedImage.findMany({ where: { userId: id }, select: { imageHash: true } });
          const before = {
            likedImages: likes.length,
            decisions: await transaction.coverDecision.count({ where: { userId: id } }),
          };
          const after = { likedImages: 0, decisions: 0 };
          await recordAct(transaction, caller, { action: "DELETE_VIEWER", userId: id, before, after });
          await transaction.viewer.delete({ where: { id } });
          return { viewer: isNew ? null : viewer, hashes: likes.map(({ imageHash }) => imageHash) };
        },
        { timeout: DELETE_TIMEOUT_MS },
      );
      this.descriptions.forget(id);
      await forgetGoneImages(this.prisma, this.derivedImages, hashes);
      return viewer;
    });
  }
}

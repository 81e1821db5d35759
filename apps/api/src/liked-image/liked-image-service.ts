import { parseUserId, type UserId } from "@facet/domain";
import { isMissingReference } from "../database/is-missing-reference.js";
import type {
  RecordLikedImageInput,
  RecordLikedImagesInput,
  RemoveLikedImageInput,
  UserError,
} from "../generated/resolver-types.js";
import { blameField, InputError, settleInput, type Outcome } from "../graphql/user-errors.js";
import type { AskedLike, LikeIntake } from "./like-intake.js";
import type { LikedImageRecord, LikedImageRecords, NewLike } from "./liked-image-records.js";

/** Likes of one call. */
const MAX_BULK = 500;

/** What viewers liked: recorded, removed, listed. */
export class LikedImageService {
  constructor(
    private readonly records: LikedImageRecords,
    private readonly intake: Pick<LikeIntake, "take">,
    /** Called with uploads whose pictures are kept elsewhere by now. */
    private readonly discardUploads: (uploadIds: readonly string[]) => Promise<void>,
    /** For all likes of one call: those that are not reached by then are not recorded. */
    private readonly withinSeconds: number,
  ) {}

  /** Keeps the picture, its feature and the like; the viewer's history is of a new version from then on. */
  async record({ userId, ...like }: RecordLikedImageInput): Promise<Outcome<LikedImageRecord>> {
    const outcome = await settleInput(async () => this.#recordAll(await readUserId(userId), [like]));
    if (!outcome.ok) return outcome;
    const [recorded] = outcome.value;
    if (recorded === undefined) throw new Error("One like was asked for, and none was answered.");
    return recorded;
  }

  /** Of each image, in the order given, the like or what was at fault: one bad image costs no other. */
  recordMany({ userId, images }: RecordLikedImagesInput): Promise<Outcome<Outcome<LikedImageRecord>[]>> {
    return settleInput(async () => {
      const viewer = await readUserId(userId);
      if (images.length < 1 || images.length > MAX_BULK) {
        const message = `images holds ${images.length} images: it takes 1 to ${MAX_BULK}.`;
        throw new InputError("LIMIT_EXCEEDED", "images", message);
      }
      const outcomes = await this.#withinTime((stop) => this.#recordAll(viewer, images, stop));
      return outcomes.map((outcome, index) => (outcome.ok ? outcome : refuse(blameItem(outcome.error, index))));
    });
  }

  remove({ userId, likedImageId }: RemoveLikedImageInput): Promise<Outcome<LikedImageRecord>> {
    return settleInput(async () => {
      const removed = await this.records.remove(await readUserId(userId), likedImageId);
      if (removed !== undefined) return removed;
      throw new InputError("LIKED_IMAGE_NOT_FOUND", "likedImageId", "This viewer has no liked image with this id.");
    });
  }

  async #withinTime<Result>(work: (stop: AbortSignal) => Promise<Result>): Promise<Result> {
    const time = new AbortController();
    const message = `The ${this.withinSeconds} seconds of the call were over before this image was here: ask for it again.`;
    const timer = setTimeout(() => time.abort(new InputError("TIME_LIMIT", null, message)), this.withinSeconds * 1000);
    try {
      return await work(time.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  async #recordAll(
    userId: UserId,
    likes: readonly AskedLike[],
    stop?: AbortSignal,
  ): Promise<Outcome<LikedImageRecord>[]> {
    const now = new Date();
    const viewer = (await this.records.findLiking([userId])).get(userId);
    if (viewer === undefined) throw new Error("One viewer was asked for, and none was answered.");
    const oldest = await this.records.findOldestOfFull(userId);
    const attempt = async (): Promise<Outcome<LikedImageRecord>[]> => {
      const taken = await this.intake.take(likes, now, { oldest, stop });
      const accepted = taken.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
      const stored = accepted.length === 0 ? [] : await this.records.record(viewer, accepted);
      return joinOutcomes(taken, stored, this.records.maxPerViewer);
    };
    // A picture goes with its last like: another viewer may have removed that since we found it here.
    const outcomes = await attempt().catch((error: unknown) =>
      isMissingReference(error) ? attempt() : Promise.reject(error as Error),
    );
    await this.discardUploads(outcomes.flatMap(({ ok }, index) => (ok ? (likes[index]?.source.uploadId ?? []) : [])));
    return outcomes;
  }
}

function readUserId(userId: string): Promise<UserId> {
  return blameField("userId", ["INVALID_ID"], () => parseUserId(userId));
}

/** @param stored of those that were taken, in their order; undefined where the viewer's list is full of newer ones */
export function joinOutcomes<Stored>(
  taken: readonly Outcome<NewLike>[],
  stored: readonly (Stored | undefined)[],
  maxPerViewer: number,
): Outcome<Stored>[] {
  const rest = stored.values();
  return taken.map((outcome) => {
    if (!outcome.ok) return outcome;
    const { value } = rest.next();
    if (value !== undefined) return { ok: true, value };
    const message = `A viewer keeps its newest ${maxPerViewer} likes, and this one is older than all of them.`;
    return refuse({ code: "LIMIT_EXCEEDED", field: "likedAt", message });
  });
}

function refuse(error: UserError): { readonly ok: false; readonly error: UserError } {
  return { ok: false, error };
}

function blameItem(error: UserError, index: number): UserError {
  return { ...error, field: ["images", index, error.field].filter((part) => part != null).join(".") };
}

import { FacetError } from "./facet-error.js";

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** The platform's own id of a video: 1 to 128 characters, none of them a control character. */
export type VideoId = Branded<"VideoId">;
/** The platform's own id of a viewer: 1 to 128 characters, none of them a control character. */
export type UserId = Branded<"UserId">;
/** SHA-256 of an image's bytes as 64 lower-case hex digits. */
export type ImageHash = Branded<"ImageHash">;

const MAX_ID_LENGTH = 128;

/** Thrown when an id is empty, too long, or holds a control character. */
export class InvalidIdError extends FacetError {
  readonly code = "INVALID_ID";
  constructor(
    /** Which id: `videoId`, `userId` or `image hash`. */
    readonly field: string,
    problem: string,
  ) {
    super(`${field} ${problem}`);
  }
}

/** @throws InvalidIdError */
export function parseVideoId(value: string): VideoId {
  return parseCallerId("videoId", value) as VideoId;
}

/** @throws InvalidIdError */
export function parseUserId(value: string): UserId {
  return parseCallerId("userId", value) as UserId;
}

/** @throws InvalidIdError */
export function parseImageHash(value: string): ImageHash {
  if (!/^[0-9a-f]{64}$/.test(value)) throw new InvalidIdError("image hash", "is not 64 lower-case hex digits.");
  return value as ImageHash;
}

function parseCallerId(field: string, value: string): string {
  if (value.length === 0) throw new InvalidIdError(field, "is empty: it takes 1 to 128 characters.");
  // Code points, as Postgres counts: an emoji is one character, not two.
  const length = Array.from(value).length;
  if (length > MAX_ID_LENGTH) {
    throw new InvalidIdError(field, `has ${length} characters: it takes 1 to ${MAX_ID_LENGTH}.`);
  }
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(value)) {
    throw new InvalidIdError(field, "holds a control character or half of a surrogate pair.");
  }
  return value;
}

import { parseUserId, type UserId } from "@facet/domain";
import { z } from "zod";
import { blameField, InputError } from "../graphql/user-errors.js";
import type { AskedLike } from "../liked-image/like-intake.js";

/** A like as a line of a file has it. */
export interface LineLike extends AskedLike {
  readonly userId: UserId;
}

const shape = z
  .strictObject({
    userId: z.string(),
    url: z.string().optional(),
    frameId: z.string().optional(),
    base64: z.string().optional(),
    likedAt: z.iso.datetime({ offset: true }).nullish(),
  })
  .refine(({ url, frameId, base64 }) => [url, frameId, base64].filter((each) => each !== undefined).length === 1, {
    error: "takes exactly one of url, frameId and base64",
  });

/**
 * Reads a line. What is at fault is named without being repeated: a report holds nothing of anybody's file.
 *
 * @throws InputError INVALID_LINE, INVALID_ID
 */
export async function parseLikeLine(text: string): Promise<LineLike> {
  const parsed = shape.safeParse(readJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join(".") ?? "";
    const problem = issue?.code === "custom" ? issue.message : describeProblem(issue?.code);
    throw new InputError(
      "INVALID_LINE",
      field === "" ? null : field,
      `${field === "" ? "The line" : field} ${problem}.`,
    );
  }
  const { userId, likedAt, url, frameId, base64 } = parsed.data;
  const viewer = await blameField("userId", ["INVALID_ID"], () => parseUserId(userId));
  const source = {
    ...(url !== undefined && { url }),
    ...(frameId !== undefined && { frameId }),
    ...(base64 !== undefined && { base64 }),
  };
  // Exactly one of them is there: the shape says so.
  return { userId: viewer, source: source as AskedLike["source"], likedAt: likedAt == null ? null : new Date(likedAt) };
}

function describeProblem(code: string | undefined): string {
  switch (code) {
    case "unrecognized_keys":
      return "holds a field that is not taken: userId, url, frameId, base64 and likedAt are";
    case "invalid_format":
      return "takes ISO 8601 text with an offset, such as 2026-01-31T12:00:00Z";
    default:
      return "is missing, or is not of the kind that is taken";
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError("INVALID_LINE", null, "The line is no JSON.");
  }
}

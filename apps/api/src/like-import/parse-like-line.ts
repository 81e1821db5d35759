import { parseUserId, type UserId } from "@facet/domain";
import { z } from "zod";
import { DATE_TIME_RULE, parseDateTime } from "../graphql/parse-date-time.js";
import { blameField, InputError } from "../graphql/user-errors.js";
import type { AskedLike } from "../liked-image/like-intake.js";

/** A like as a line of a file has it. */
export interface LineLike extends AskedLike {
  readonly userId: UserId;
}

const moment = z.string().transform((text, context) => {
  const date = parseDateTime(text);
  if (date === undefined) context.addIssue(DATE_TIME_RULE);
  return date ?? z.NEVER;
});

const shape = z
  .strictObject({
    userId: z.string(),
    url: z.string().nullish(),
    frameId: z.string().nullish(),
    base64: z.string().nullish(),
    likedAt: moment.nullish(),
  })
  .refine(({ url, frameId, base64 }) => [url, frameId, base64].filter((each) => each != null).length === 1, {
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
    const [subject, name] = field === "" ? ["The line", null] : [field, field];
    throw new InputError("INVALID_LINE", name, `${subject} ${describeProblem(issue, name)}.`);
  }
  const { userId, likedAt, url, frameId, base64 } = parsed.data;
  const viewer = await blameField("userId", ["INVALID_ID"], () => parseUserId(userId));
  const source = {
    ...(url != null && { url }),
    ...(frameId != null && { frameId }),
    ...(base64 != null && { base64 }),
  };
  // Exactly one of them is there: the shape says so.
  return { userId: viewer, source: source as AskedLike["source"], likedAt: likedAt ?? null };
}

function describeProblem(issue: z.core.$ZodIssue | undefined, field: string | null): string {
  switch (issue?.code) {
    case "custom":
      return issue.message;
    case "unrecognized_keys":
      return "holds a field that is not taken: userId, url, frameId, base64 and likedAt are";
    default:
      return field === null ? "is no JSON object" : "is missing, or is not of the kind that is taken";
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError("INVALID_LINE", null, "The line is no JSON.");
  }
}

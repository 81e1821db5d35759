const MAX_LENGTH = 2000;

/** What an error may say of itself in the log. */
export interface LoggedError {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

/**
 * An error as it is logged: what it is and where it came from, and nothing of what it was about. Prisma's and Postgres' errors
 * carry the rows that failed, Apollo's the variables of the query: these can be liked images.
 */
export function describeError(error: unknown, depth = 3): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: strikeOutData(String(error)) };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    ...((typeof code === "string" || typeof code === "number") && { code: String(code) }),
    message: strikeOutData(error.message),
    ...(error.stack !== undefined && { stack: placesOf(error) }),
    ...(error.cause !== undefined && depth > 0 && { cause: describeError(error.cause, depth - 1) }),
  };
}

/** Long runs of base64 or hex, and long lists of numbers: whatever they are, they are data. */
function strikeOutData(text: string): string {
  const struck = text
    .replace(/[A-Za-z0-9+/_=-]{100,}/g, (run) => `[${run.length} characters]`)
    .replace(/(?:\d{1,3}\s*,\s*){16,}\d{0,3}/g, "[bytes]");
  return struck.length <= MAX_LENGTH ? struck : `${struck.slice(0, MAX_LENGTH)}… (${struck.length} characters)`;
}

/** The stack without the message that stands in front of it. */
function placesOf({ stack = "" }: Error): string {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}

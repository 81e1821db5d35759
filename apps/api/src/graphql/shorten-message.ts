/** Longer than any path into the schema's inputs. */
const MAX_QUOTED = 200;
const KEPT_OF_QUOTED = 40;
/** What is longer even so is cut in its middle: what is at fault stands at the beginning, and the reason at the end. */
const MAX_MESSAGE = 1000;
const KEPT_OF_MESSAGE = 400;

// Unrolled: an alternative for each character would need a stack as deep as the text is long.
const QUOTED = /"([^"\\]*(?:\\.[^"\\]*)*)"/gs;

/**
 * graphql-js repeats the input that it refuses, pictures as base64 too. Keeps of a message what tells the place and the
 * reason, and of long texts the beginning.
 */
export function shortenMessage(message: string): string {
  if (message.length <= MAX_QUOTED) return message;
  const short = message.replace(QUOTED, (quoted, text: string) =>
    text.length <= MAX_QUOTED ? quoted : `"${text.slice(0, KEPT_OF_QUOTED)}…" (${text.length} characters)`,
  );
  if (short.length <= MAX_MESSAGE) return short;
  return `${short.slice(0, KEPT_OF_MESSAGE)} … ${short.slice(-KEPT_OF_MESSAGE)}`;
}

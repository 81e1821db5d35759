import { FacetRequestError } from "./errors.js";
import { pause as waitByTimer } from "./pause.js";

/** Answers by which a service or a proxy before it says that it has not looked at the request. */
const NOT_LOOKED_AT = new Set([429, 503]);
/** Answers of a proxy that lost the service: as with a lost connection, nobody knows what became of the request. */
const LOST = new Set([502, 504]);
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 30_000;
/** The service counts requests by the minute. Who is told to come later than this has better things to do than to wait. */
const LONGEST_RETRY_AFTER_SECONDS = 120;

/** An answer that came whole. */
export interface Answer {
  readonly answer: Response;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** How a request is sent. */
export interface SendOptions {
  readonly fetch: typeof fetch;
  /** How often a request is sent at most. */
  readonly attempts: number;
  /** Whether it may be sent again where the connection was lost and nobody knows what became of it. */
  readonly repeatable: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Waits between two attempts; a timer unless told. */
  readonly wait?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}

/**
 * Sends a request and reads the whole answer, again where that may help: after 429 and 503, and where it is repeatable
 * after 502, 504 and a lost connection too. Waits as many seconds as `Retry-After` says, or 0.2 s, 0.4 s and so on. Where it
 * says more than 120, the answer is given as it is: sent earlier, the request would be refused again.
 *
 * @throws FacetRequestError NETWORK where no answer comes, or not all of it; the signal's reason
 */
export async function send(url: string, request: RequestInit, options: SendOptions): Promise<Answer> {
  const { attempts, repeatable, signal, wait = waitByTimer } = options;
  const init = { ...request, ...(signal && { signal }) };
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt >= attempts;
    let pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
    try {
      const answer = await options.fetch(url, init);
      const mayHelp = NOT_LOOKED_AT.has(answer.status) || (repeatable && LOST.has(answer.status));
      const after = readRetryAfter(answer);
      const isTooLate = after !== undefined && after > LONGEST_RETRY_AFTER_SECONDS;
      if (isLast || !mayHelp || isTooLate) return { answer, bytes: new Uint8Array(await answer.arrayBuffer()) };
      if (after !== undefined) pause = after * 1000;
      await answer.body?.cancel();
    } catch (error) {
      signal?.throwIfAborted();
      if (isLast || !repeatable)
        throw new FacetRequestError("NETWORK", `${url} cannot be reached.`, {}, { cause: error });
    }
    await wait(pause, signal);
  }
}

/** In seconds, whether the answer's `Retry-After` counts them or is a date; undefined where it has none. */
export function readRetryAfter(answer: Response): number | undefined {
  const header = answer.headers.get("retry-after");
  if (header === null) return undefined;
  if (/^\d+$/.test(header)) return Number(header);
  const seconds = Math.ceil((Date.parse(header) - Date.now()) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.max(seconds, 0);
}

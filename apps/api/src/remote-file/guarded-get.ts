import type { IncomingMessage } from "node:http";
import { get } from "node:https";
import type { LookupFunction } from "node:net";
import { RequestFilteringHttpsAgent } from "request-filtering-agent";
import { UrlNotAllowedError, UrlNotReachableError } from "./errors.js";

/** No byte for this long, and the other side is given up. */
const SILENCE_MS = 15_000;

/** The network as the service sees it. Outside of tests: the system's resolver and authorities, and no address but public ones. */
export interface Network {
  readonly lookup?: LookupFunction;
  /** Authorities that certificates are checked against, as PEM. */
  readonly ca?: string;
  /** Addresses that may be fetched from though they are not public. */
  readonly allowedAddresses?: readonly string[];
}

/** Asks one address once, following nowhere. */
export type GuardedGet = (url: URL, signal: AbortSignal) => Promise<IncomingMessage>;

/**
 * A GET that reaches public addresses only. What the resolver says is checked as the connection is made, and the
 * connection goes to the address that was checked: a name that resolves to something else a moment later gains nothing.
 */
export function makeGuardedGet({ lookup, ca, allowedAddresses = [] }: Network): GuardedGet {
  const agent = new RequestFilteringHttpsAgent({
    // Each request looks anew: a connection that was kept may be to where the name does not lead any more.
    keepAlive: false,
    allowIPAddressList: [...allowedAddresses],
    ...(lookup && { lookup }),
    ...(ca !== undefined && { ca }),
  });
  const headers = { "user-agent": "facet", accept: "*/*", "accept-encoding": "identity" };
  return (url, signal) =>
    new Promise((done, fail) => {
      const request = get(url, { agent, headers, signal, timeout: SILENCE_MS }, (response) => {
        response.setTimeout(SILENCE_MS, () => response.destroy(silence(url)));
        done(response);
      });
      request.on("timeout", () => request.destroy(silence(url)));
      request.on("error", (error) => fail(signal.aborted ? (signal.reason as Error) : explain(url, error)));
    });
}

function silence(url: URL): UrlNotReachableError {
  return new UrlNotReachableError(`${url.host} said nothing for ${SILENCE_MS / 1000} seconds.`);
}

/** The caller is told what to mend, not which addresses a name has. */
function explain(url: URL, error: Error): Error {
  if (error instanceof UrlNotReachableError) return error;
  // The agent has no class or code for its own refusals.
  if (error.message.includes("is not allowed. Because")) {
    return new UrlNotAllowedError(`${url.hostname} is at an address that is not public.`, { cause: error });
  }
  const { code = "no connection" } = error as NodeJS.ErrnoException;
  return new UrlNotReachableError(`${url.host} cannot be reached (${code}).`, { cause: error });
}

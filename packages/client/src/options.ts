import { FacetOptionError } from "./errors.js";

export interface FacetClientOptions {
  /** Address of the service: `http://localhost:4000`. */
  readonly url: string;
  /** A key of the service: a reader's asks for covers, an admin's changes things too. */
  readonly key: string;
  /** Sends requests; the platform's own `fetch` unless told. */
  readonly fetch?: typeof fetch;
  /** How often a request is sent at most, where sending it again may help: 1 or more, 3 unless told. */
  readonly attempts?: number;
}

/** @throws FacetOptionError naming the option: found here, and not as a service that cannot be reached */
export function checkOptions({ url, key, attempts = 1 }: FacetClientOptions): void {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new FacetOptionError("url", "the address of a service, such as http://localhost:4000");
  }
  // What is visible, as a header takes it. The key itself is told to nobody.
  if (typeof key !== "string" || !/^[\x21-\x7e]+$/.test(key)) throw new FacetOptionError("key", "a key of the service");
  if (!Number.isInteger(attempts) || attempts < 1) throw new FacetOptionError("attempts", "a whole number from 1");
}

import { UrlNotAllowedError } from "./errors.js";

const MAX_URL_LENGTH = 2048;
const HTTPS_PORT = "443";

/** A host as it may stand in the list: `media.example`, `*.example` for all below it, each with a port behind `:` or without. */
export const HOST_RULE = /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/;

/** Which addresses may be fetched, as far as their text tells. */
export class UrlRules {
  /** @param hosts as HOST_RULE has it; without a port, 443 alone. None: no address at all */
  constructor(private readonly hosts: readonly string[]) {}

  /**
   * @returns the address in its normal form, without a fragment
   * @throws UrlNotAllowedError
   */
  admit(text: string): URL {
    if (this.hosts.length === 0) {
      throw new UrlNotAllowedError("No host is allowed (FACET_URL_HOSTS is empty): files must come in another way.");
    }
    if (text.length > MAX_URL_LENGTH) throw tooLong(`${text.length} characters`);
    if (!URL.canParse(text)) throw new UrlNotAllowedError("The address is no URL: it takes https://host/path.");
    const url = new URL(text);
    if (url.protocol !== "https:") throw new UrlNotAllowedError("The address is not https: no other scheme is taken.");
    if (url.username !== "" || url.password !== "") {
      throw new UrlNotAllowedError("The address holds a user name or password: it takes none.");
    }
    if (!this.hosts.some((rule) => matches(url, rule))) {
      throw new UrlNotAllowedError(`The host ${url.host} is not among those that are allowed (FACET_URL_HOSTS).`);
    }
    url.hash = "";
    // What is kept is this form, and comes here again when it is fetched: it may be six times as long as the text.
    if (url.href.length > MAX_URL_LENGTH) throw tooLong(`${url.href.length} characters when percent-encoded`);
    return url;
  }
}

function tooLong(length: string): UrlNotAllowedError {
  return new UrlNotAllowedError(`The address has ${length}: it takes at most ${MAX_URL_LENGTH}.`);
}

function matches({ hostname, port }: URL, rule: string): boolean {
  const [host = "", allowedPort = HTTPS_PORT] = rule.split(":");
  if ((port || HTTPS_PORT) !== allowedPort) return false;
  return host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host;
}

import type { FastifyRequest } from "fastify";

/** How long a body may keep the service waiting, in milliseconds. */
export interface BodyPatience {
  /** For all of a body that comes without a known key. */
  readonly strangerWithin: number;
  /** Without a byte of one that comes with a key: it has as long as it takes, uploads are large. */
  readonly silence: number;
}

export const BODY_PATIENCE: BodyPatience = { strangerWithin: 10_000, silence: 60_000 };

/** Ends the connection of who keeps the service waiting for a body: to be refused alone does not end it. */
export function expectBody(request: FastifyRequest, { strangerWithin, silence }: BodyPatience = BODY_PATIENCE): void {
  const { raw, headers } = request;
  if (headers["content-length"] === undefined && headers["transfer-encoding"] === undefined) return;
  const { socket } = raw;
  let received = socket.bytesRead;
  let silentFor = 0;
  // One timer for both: every request with a body has one.
  const look = setInterval(() => {
    silentFor = socket.bytesRead === received ? silentFor + strangerWithin : 0;
    received = socket.bytesRead;
    if (!raw.complete && (request.caller === undefined || silentFor >= silence)) socket.destroy();
  }, strangerWithin);
  raw.once("close", () => clearInterval(look));
}

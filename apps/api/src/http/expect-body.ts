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
  const forStranger = setTimeout(() => {
    if (request.caller === undefined && !raw.complete) socket.destroy();
  }, strangerWithin);
  let received = socket.bytesRead;
  const forNextByte = setInterval(() => {
    if (!raw.complete && socket.bytesRead === received) socket.destroy();
    received = socket.bytesRead;
  }, silence);
  raw.once("close", () => {
    clearTimeout(forStranger);
    clearInterval(forNextByte);
  });
}

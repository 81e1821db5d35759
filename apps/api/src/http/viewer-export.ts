import { Readable } from "node:stream";
import { InvalidIdError, parseUserId, type UserId } from "@facet/domain";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { EXPORT_ROUTE, EXPORT_ROUTE_BY_PATH } from "../privacy/export-address.js";
import type { ViewerExport } from "../privacy/viewer-export.js";
import { callerOf } from "./guard.js";
import { sendProblem } from "./problem.js";

/**
 * `GET /viewers/export?userId=<id>` and `GET /viewers/<id>/export`: all that is kept of a viewer as one JSON document,
 * streamed. Needs an admin's key.
 */
export function registerViewerExport(app: FastifyInstance, viewers: ViewerExport): void {
  // A HEAD request would be an export too, and be written down as one.
  const options = { exposeHeadRoute: false };
  app.get<{ Querystring: { userId?: unknown } }>(EXPORT_ROUTE, options, (request, reply) => {
    const { userId } = request.query;
    if (typeof userId === "string") return sendExport(viewers, userId, request, reply);
    return sendProblem(reply, { status: 400, code: "BAD_USER_INPUT" }, "userId takes one viewer's id.");
  });
  app.get<{ Params: { userId: string } }>(EXPORT_ROUTE_BY_PATH, options, (request, reply) =>
    sendExport(viewers, request.params.userId, request, reply),
  );
}

async function sendExport(
  viewers: ViewerExport,
  asked: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const caller = callerOf(request);
  const userId = readUserId(asked);
  if (userId instanceof InvalidIdError) {
    return sendProblem(reply, { status: 400, code: "BAD_USER_INPUT" }, userId.message);
  }
  const pieces = await viewers.open(caller, userId);
  if (pieces === undefined) {
    return sendProblem(reply, { status: 404, code: "VIEWER_NOT_FOUND" }, "Nothing is kept of a viewer with this id.");
  }
  return reply
    .type("application/json; charset=utf-8")
    .header("cache-control", "no-store")
    .header("content-disposition", 'attachment; filename="viewer.json"')
    .send(Readable.from(pieces));
}

function readUserId(text: string): UserId | InvalidIdError {
  try {
    return parseUserId(text);
  } catch (error) {
    if (error instanceof InvalidIdError) return error;
    throw error;
  }
}

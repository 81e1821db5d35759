import type { FastifyReply, FastifyRequest } from "fastify";

export const GRAPHQL = "/graphql";

/** How a plain HTTP route says what was at fault: `{"error": {"code", "message"}}`. */
export type HttpProblem =
  | { readonly status: 400; readonly code: "BAD_USER_INPUT" | "UPLOAD_INCOMPLETE" | "LIMIT_EXCEEDED" }
  | { readonly status: 401; readonly code: "UNAUTHENTICATED" }
  | { readonly status: 403; readonly code: "FORBIDDEN" }
  | { readonly status: 404; readonly code: "NOT_FOUND" | "IMAGE_NOT_FOUND" | "VIEWER_NOT_FOUND" }
  | { readonly status: 408 | 413 | 429 | 431; readonly code: "LIMIT_EXCEEDED" }
  | { readonly status: 415; readonly code: "BAD_USER_INPUT" }
  | { readonly status: 503; readonly code: "BUSY" }
  | { readonly status: 500; readonly code: "INTERNAL_SERVER_ERROR" };

/** The body that tells of it. */
export function describeProblem(code: HttpProblem["code"], message: string): string {
  return JSON.stringify({ error: { code, message } });
}

export function sendProblem(reply: FastifyReply, { status, code }: HttpProblem, message: string): FastifyReply {
  return reply.code(status).type("application/json; charset=utf-8").send(describeProblem(code, message));
}

/**
 * As `sendProblem`, or in the form of a GraphQL answer where GraphQL was asked: its callers look for errors there.
 *
 * @param details beside the code, for GraphQL alone
 */
export function answerProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: HttpProblem,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): FastifyReply {
  if (request.routeOptions.url !== GRAPHQL) return sendProblem(reply, problem, message);
  return reply.code(problem.status).send({ errors: [{ message, extensions: { ...details, code: problem.code } }] });
}

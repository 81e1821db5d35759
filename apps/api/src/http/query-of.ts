import type { FastifyRequest } from "fastify";

/** The query of a request to GraphQL; undefined where there is none, or more than one. */
export function queryOf(request: FastifyRequest): string | undefined {
  const { query } = (request.body ?? request.query) as { readonly query?: unknown };
  return typeof query === "string" ? query : undefined;
}

import type { FastifyRequest } from "fastify";

/** What a key allows: a reader asks for covers, an admin changes things too. */
export type Role = "reader" | "admin";

export const NO_KEY = "Send a key that is known here: Authorization: Bearer KEY.";

/** An admin may do all that a reader may. */
export function allows(has: Role, needed: Role): boolean {
  return has === "admin" || needed === "reader";
}

/** The key in `Authorization: Bearer KEY`; undefined where there is none, or none that can be anyone's. */
export function readBearerKey(request: FastifyRequest): string | undefined {
  // As long as FACET_ADMIN_KEY may be; those that are made here are of 49 characters.
  return /^Bearer +([\x21-\x7e]{16,256}) *$/i.exec(request.headers.authorization ?? "")?.[1];
}

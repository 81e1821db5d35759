import type { FastifyReply, FastifyRequest } from "fastify";
import type { Caller } from "../keys/index.js";
import { sendProblem } from "./problem.js";

/** What a key allows: a reader asks for covers, an admin changes things too. */
export type Role = "reader" | "admin";

/** Finds out whose request this is; undefined where its key is missing or none of ours. */
export type FindCaller = (request: FastifyRequest) => Promise<Caller | undefined>;

/** Makes the hook that lets only callers with a role pass. */
export type RequireRole = (role: Role) => (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export function makeRequireRole(findCaller: FindCaller): RequireRole {
  return (role) => async (request, reply) => {
    const caller = await findCaller(request);
    if (caller === undefined) {
      await sendProblem(reply.header("www-authenticate", "Bearer"), { status: 401, code: "UNAUTHENTICATED" }, NO_KEY);
    } else if (!allows(caller.role, role)) {
      await sendProblem(reply, { status: 403, code: "FORBIDDEN" }, `This needs a key with the role ${role}.`);
    }
  };
}

export const NO_KEY = "Send a key that is known here: Authorization: Bearer KEY.";

/** An admin may do all that a reader may. */
export function allows(has: Role, needed: Role): boolean {
  return has === "admin" || needed === "reader";
}

/** The key in `Authorization: Bearer KEY`; undefined where there is none. */
export function readBearerKey(request: FastifyRequest): string | undefined {
  return /^Bearer +([\x21-\x7e]{1,512}) *$/i.exec(request.headers.authorization ?? "")?.[1];
}

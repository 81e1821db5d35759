import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Caller } from "../keys/index.js";
import { allows, NO_KEY, readBearerKey, type Role } from "./auth.js";
import { sendProblem } from "./problem.js";

const MINUTE_MS = 60_000;
const GRAPHQL = "/graphql";

/**
 * What each route needs. A route that is not named here needs an admin's key, so that one which is added later is closed
 * until somebody opens it. GraphQL is open here because each of its fields says what it needs: graphql/access.ts.
 */
const NEEDED: Readonly<Record<string, Role | "nothing">> = {
  [GRAPHQL]: "nothing",
  "/explorer": "nothing",
  "/explorer/:file": "nothing",
  "/health": "nothing",
  "/ready": "nothing",
  // Who may see a picture is decided by its address: http/images.ts.
  "/images/:hash": "nothing",
};

declare module "fastify" {
  interface FastifyRequest {
    /** Whose key came with the request; undefined without one that is known. */
    caller: Caller | undefined;
  }
}

export interface GuardParts {
  readonly findCaller: (key: string) => Promise<Caller | undefined>;
  /** Requests a minute with one key; null for no limit. */
  readonly requestsPerMinute: number | null;
}

/** Finds out who asks, counts the requests of each, and lets pass whose role suffices for the route. Before anything is read of a body. */
export async function registerGuard(
  app: FastifyInstance,
  { findCaller, requestsPerMinute }: GuardParts,
): Promise<void> {
  app.decorateRequest("caller", undefined);
  await app.register(rateLimit, { global: false });
  const count = app.createRateLimit({
    max: requestsPerMinute ?? 0,
    timeWindow: MINUTE_MS,
    // Unknown keys, and none, are counted by where they come from: to try many of them is to be slowed down.
    keyGenerator: ({ caller, ip }) => (caller === undefined ? `no known key from ${ip}` : `key ${caller.id}`),
  });

  app.addHook("onRequest", async (request, reply) => {
    const key = readBearerKey(request);
    if (key !== undefined) request.caller = await findCaller(key);
    // GraphQL tells its schema, and what is wrong with a query, to whoever asks.
    if (requestsPerMinute !== null && (key !== undefined || request.routeOptions.url === GRAPHQL)) {
      const counted = await count(request);
      if (!counted.isAllowed && counted.isExceeded) {
        return refuseHurry(request, reply, counted.max, counted.ttlInSeconds);
      }
    }
    const needed = request.is404 ? "nothing" : (NEEDED[request.routeOptions.url ?? ""] ?? "admin");
    if (needed === "nothing") return;
    if (request.caller === undefined) {
      return sendProblem(reply.header("www-authenticate", "Bearer"), { status: 401, code: "UNAUTHENTICATED" }, NO_KEY);
    }
    if (!allows(request.caller.role, needed)) {
      return sendProblem(reply, { status: 403, code: "FORBIDDEN" }, `This needs a key with the role ${needed}.`);
    }
  });
}

/** Who asks on a route that the guard lets nobody reach without a key. */
export function callerOf({ caller }: FastifyRequest): Caller {
  if (caller === undefined) throw new Error("This route is open: it has no caller to speak of.");
  return caller;
}

function refuseHurry(request: FastifyRequest, reply: FastifyReply, max: number, seconds: number): FastifyReply {
  const from = request.caller === undefined ? "without a known key from this address" : "with this key";
  const message = `More than ${max} requests came ${from} in a minute. Ask again in ${seconds} seconds.`;
  void reply.header("retry-after", seconds);
  if (request.routeOptions.url === GRAPHQL) {
    const extensions = { retryAfterSeconds: seconds, code: "LIMIT_EXCEEDED" };
    return reply.code(429).send({ errors: [{ message, extensions }] });
  }
  return sendProblem(reply, { status: 429, code: "LIMIT_EXCEEDED" }, message);
}

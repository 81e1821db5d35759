import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { hasMoreTokens } from "../graphql/read-tokens.js";
import { hashKey, type Caller } from "../keys/index.js";
import { allows, NO_KEY, readBearerKey, type Role } from "./auth.js";
import { expectBody, type BodyPatience } from "./expect-body.js";
import { answerProblem, GRAPHQL, sendProblem } from "./problem.js";
import { queryOf } from "./query-of.js";
import { StrangerLimit } from "./stranger-limit.js";

const MINUTE_MS = 60_000;
/** Room for the schema to be asked for, by any tool. */
const MAX_BODY_WITHOUT_KEY = 64 * 1024;
/** Twice what asks for all of the schema. To validate a query may take time as the square of it. */
const MAX_TOKENS_WITHOUT_KEY = 500;

/**
 * What each route needs. A route that is not named here needs an admin's key, so that one which is added later is closed
 * until somebody opens it. GraphQL is open here because each of its fields says what it needs of its caller: graphql/access.ts.
 */
const NEEDED: Readonly<Record<string, Role | "its fields say" | "nothing">> = {
  [GRAPHQL]: "its fields say",
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
  readonly bodyPatience?: BodyPatience;
}

/** Finds out who asks, counts the requests of each, and lets pass whose role suffices for the route. Before anything is read of a body. */
export async function registerGuard(
  app: FastifyInstance,
  { findCaller, requestsPerMinute, bodyPatience }: GuardParts,
): Promise<void> {
  app.decorateRequest("caller", undefined);
  await app.register(rateLimit, { global: false });
  const count = app.createRateLimit({
    max: requestsPerMinute ?? 0,
    timeWindow: MINUTE_MS,
    keyGenerator: ({ caller }) => caller?.id ?? "",
  });
  const strangers = requestsPerMinute === null ? undefined : new StrangerLimit(requestsPerMinute);

  app.addHook("onRequest", async (request, reply) => {
    expectBody(request, bodyPatience);
    const needed = request.is404 ? "nothing" : (NEEDED[request.routeOptions.url ?? ""] ?? "admin");
    // Whose key it is matters to nobody there: what needs no database answers without one, and no key can be tried.
    if (needed === "nothing") return;
    const key = readBearerKey(request);
    const keyHash = key === undefined ? undefined : hashKey(key);
    const isGraphQl = request.routeOptions.url === GRAPHQL;
    // GraphQL tells its schema, and what is wrong with a query, to whoever asks.
    if (strangers !== undefined && (key !== undefined || isGraphQl)) {
      // Before the key is looked up: to try many of them is to be slowed down, and costs the database little.
      const seconds = strangers.secondsToWait(request.ip, keyHash);
      if (seconds !== undefined) return refuseHurry(request, reply, strangers.maxPerMinute, seconds);
    }
    if (key !== undefined) request.caller = await findCaller(key);
    if (request.caller === undefined) {
      if (key !== undefined || isGraphQl) strangers?.noteStranger(request.ip, keyHash);
      if (isGraphQl && !isShort(request)) {
        // The body is not read: the connection cannot be used again.
        void reply.header("connection", "close");
        return refuseStranger(
          request,
          reply,
          `a request has at most ${MAX_BODY_WITHOUT_KEY} bytes, and says how many.`,
        );
      }
    } else if (requestsPerMinute !== null) {
      if (keyHash !== undefined) strangers?.noteKnown(keyHash);
      const counted = await count(request);
      if (!counted.isAllowed && counted.isExceeded) {
        return refuseHurry(request, reply, counted.max, counted.ttlInSeconds);
      }
    }
    if (needed === "its fields say") return;
    if (request.caller === undefined) {
      return sendProblem(reply.header("www-authenticate", "Bearer"), { status: 401, code: "UNAUTHENTICATED" }, NO_KEY);
    }
    if (!allows(request.caller.role, needed)) {
      return sendProblem(reply, { status: 403, code: "FORBIDDEN" }, `This needs a key with the role ${needed}.`);
    }
  });
  app.addHook("preHandler", (request, reply, done) => {
    const isStranger = request.routeOptions.url === GRAPHQL && request.caller === undefined;
    if (!isStranger || !hasMoreTokens(queryOf(request) ?? "", MAX_TOKENS_WITHOUT_KEY)) done();
    else refuseStranger(request, reply, `a query has at most ${MAX_TOKENS_WITHOUT_KEY} tokens.`);
  });
}

/** Who asks on a route that the guard lets nobody reach without a key. */
export function callerOf({ caller }: FastifyRequest): Caller {
  if (caller === undefined) throw new Error("This route is open: it has no caller to speak of.");
  return caller;
}

/** Whether a request says that its body is short. */
function isShort({ headers }: FastifyRequest): boolean {
  if (headers["transfer-encoding"] !== undefined) return false;
  return Number(headers["content-length"] ?? 0) <= MAX_BODY_WITHOUT_KEY;
}

/** Without a key there is little to ask of GraphQL but its schema: nobody reads megabytes, or compares thousands of fields, to say so. */
function refuseStranger(request: FastifyRequest, reply: FastifyReply, limit: string): FastifyReply {
  void reply.header("www-authenticate", "Bearer");
  const problem = { status: 401, code: "UNAUTHENTICATED" } as const;
  return answerProblem(request, reply, problem, `${NO_KEY} Without one, ${limit}`);
}

function refuseHurry(request: FastifyRequest, reply: FastifyReply, max: number, seconds: number): FastifyReply {
  const from = request.caller === undefined ? "without a known key from this address" : "with this key";
  const message = `More than ${max} requests came ${from} in a minute. Ask again in ${seconds} seconds.`;
  void reply.header("retry-after", seconds);
  const problem = { status: 429, code: "LIMIT_EXCEEDED" } as const;
  return answerProblem(request, reply, problem, message, { retryAfterSeconds: seconds });
}

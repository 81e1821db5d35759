import { randomUUID } from "node:crypto";
import fastifyApollo from "@as-integrations/fastify";
import type { ApolloServer } from "@apollo/server";
import Fastify, { LogController, type FastifyInstance, type FastifyRequest } from "fastify";
import type { Logger } from "pino";
import type { RequestContext } from "../graphql/context.js";
import { makeNestingLimit } from "../graphql/nesting-limit.js";
import { answerClientError } from "./client-error.js";
import { refuseUnreadableHost } from "./expect-host.js";
import { answerProblem, GRAPHQL, sendProblem } from "./problem.js";
import { queryOf } from "./query-of.js";

/** Room for one picture of 10 MB as base64. */
const MAX_GRAPHQL_BODY = 16 * 1024 * 1024;
/** Several times what the deepest query and the deepest metadata need. */
const MAX_QUERY_NESTING = 100;
/** Fastify refuses these keys, by which a caller could change what every object has, as if they were no JSON. */
const NO_JSON = "The body is no JSON, or holds a key that is not taken: __proto__, or prototype in constructor.";

/** The HTTP server with `/graphql` on it and one answer for whatever goes wrong outside of it. Other routes are added by their own files. */
export async function makeServer(
  log: Logger,
  apollo: ApolloServer<RequestContext>,
  makeContext: (request: FastifyRequest) => Promise<RequestContext>,
): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_GRAPHQL_BODY,
    // A caller's id of 128 characters, each of which may be four bytes, each of which may be written as %xx.
    routerOptions: { maxParamLength: 128 * 4 * 3 },
    genReqId: () => randomUUID(),
    clientErrorHandler: answerClientError,
    // It is required here, in the words of every other refusal: Node's own has none.
    http: { requireHostHeader: false },
    // A request that is still being answered may end; a connection that only waits is closed.
    forceCloseConnections: "idle",
    // No hook is asked here, the guard neither: whoever it is, the rest of a body is not waited for.
    frameworkErrors: (_error, _request, reply) =>
      void sendProblem(
        reply.header("connection", "close"),
        { status: 400, code: "BAD_USER_INPUT" },
        "This is no address.",
      ),
  });

  // Before any route: a route keeps the handlers that were there when it came.
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, { status: 404, code: "NOT_FOUND" }, "There is nothing at this address."),
  );
  app.setErrorHandler((error, request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status === 413) {
      const message = `The request's body is larger than ${request.routeOptions.bodyLimit} bytes.`;
      return answerProblem(request, reply, { status: 413, code: "LIMIT_EXCEEDED" }, message);
    }
    if (status >= 400 && status < 500) {
      const { code, message } = error as { readonly code?: string; readonly message: string };
      const problem = code === "FST_ERR_CTP_INVALID_JSON_BODY" ? NO_JSON : message;
      return answerProblem(request, reply, { status: 400, code: "BAD_USER_INPUT" }, problem);
    }
    request.log.error({ err: error }, "an HTTP request failed");
    const message = "Something failed inside the service; its log has the cause.";
    return answerProblem(request, reply, { status: 500, code: "INTERNAL_SERVER_ERROR" }, message);
  });
  // Before the guard, and before GraphQL, where it would be a fault of ours.
  app.addHook("onRequest", (request, reply, done) => {
    if (refuseUnreadableHost(request, reply) === undefined) done();
  });
  // Apollo Server offers no place for it: what throws before it has validated the query is a fault of ours there.
  const isTooDeep = makeNestingLimit(MAX_QUERY_NESTING);
  app.addHook("preHandler", async (request, reply) => {
    const query = request.routeOptions.url === GRAPHQL ? queryOf(request) : undefined;
    if (query === undefined || !isTooDeep(query)) return;
    const message = `The query has brackets more than ${MAX_QUERY_NESTING} deep in each other, with each fragment where it is spread.`;
    return answerProblem(request, reply, { status: 400, code: "LIMIT_EXCEEDED" }, message);
  });
  await app.register(fastifyApollo(apollo), { context: makeContext });
  return app as unknown as FastifyInstance;
}

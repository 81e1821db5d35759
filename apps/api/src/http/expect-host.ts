import type { FastifyReply, FastifyRequest } from "fastify";
import { answerProblem, GRAPHQL } from "./problem.js";

/** Of an address, but of no host: what stands behind them would be taken for the path, or for who asks. */
const NO_PART_OF_A_HOST = /[/\\?#@]/;

/** Refuses a request whose host cannot be read; undefined where it can. */
export function refuseUnreadableHost(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  const { headers, host, protocol, raw, routeOptions } = request;
  // HTTP/1.0 knows no hosts, and some who probe speak it. GraphQL tells addresses on the host that it was asked at.
  const needsNone = raw.httpVersion === "1.0" && routeOptions.url !== GRAPHQL;
  if (headers.host === undefined && needsNone) return undefined;
  if (!NO_PART_OF_A_HOST.test(host) && URL.canParse(`${protocol}://${host}`)) return undefined;
  const message = "The Host header cannot be read: it takes a host, and its port where that is not the usual one.";
  // Nobody waits for the rest of a body.
  void reply.header("connection", "close");
  return answerProblem(request, reply, { status: 400, code: "BAD_USER_INPUT" }, message);
}

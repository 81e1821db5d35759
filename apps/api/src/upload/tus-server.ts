import { Server } from "@tus/server";
import { describeProblem, type HttpProblem } from "../http/problem.js";

/** The protocol's server, whose refusals look like those of every other route. The protocol itself looks at their status only. */
export class TusServer extends Server {
  override async write(...[context, headers, status, body]: Parameters<Server["write"]>): Promise<Response> {
    if (status < 400 || body === undefined) return super.write(context, headers, status, body);
    headers.set("content-type", "application/json; charset=utf-8");
    return super.write(context, headers, status, describeProblem(codeOf(status), body.trim()));
  }
}

function codeOf(status: number): HttpProblem["code"] {
  if (status === 404 || status === 410) return "NOT_FOUND";
  if (status === 413) return "LIMIT_EXCEEDED";
  return status < 500 ? "BAD_USER_INPUT" : "INTERNAL_SERVER_ERROR";
}

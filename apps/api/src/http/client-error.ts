import { maxHeaderSize, STATUS_CODES, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { ConnectionError } from "fastify";
import { describeProblem, type HttpProblem } from "./problem.js";

/** Refuses in the words of every route what never became a request, and ends its connection. */
export function answerClientError(error: ConnectionError, socket: Socket): void {
  // As Node's own handler has it: what is written into an answer that has begun would be taken for a part of it.
  const { _httpMessage: answer } = socket as Socket & { readonly _httpMessage?: ServerResponse | null };
  if (socket.writable && error.code !== "ECONNRESET" && answer?.headersSent !== true) socket.write(write(error));
  socket.destroy(error);
}

function write({ code }: ConnectionError): string {
  const [problem, message] = describe(code);
  const body = describeProblem(problem.code, message);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}

function describe(code: string): [problem: HttpProblem, message: string] {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return [
        { status: 431, code: "LIMIT_EXCEEDED" },
        `The address and headers of the request are larger than ${maxHeaderSize} bytes.`,
      ];
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return [{ status: 408, code: "LIMIT_EXCEEDED" }, "The request did not come in time."];
    default:
      return [{ status: 400, code: "BAD_USER_INPUT" }, "The request is no HTTP that can be read."];
  }
}

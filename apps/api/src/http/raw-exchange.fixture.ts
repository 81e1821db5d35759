import { connect, type AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";

/** Sends these very bytes to a server that listens, and gives all that it answers until it ends the connection. */
export function exchangeRaw({ server }: Pick<FastifyInstance, "server">, text: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve) => {
    let told = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.setEncoding("utf8").on("data", (part: string) => (told += part));
    // However it is: what the server has not read when it destroys its end is told as an error before.
    socket.on("error", () => undefined).on("close", () => resolve(told));
  });
}

/** The JSON behind the head of an answer. */
export function bodyOf(answer: string): unknown {
  return JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")));
}

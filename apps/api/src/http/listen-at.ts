import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import type { Config } from "../config/index.js";
import { StartError, systemCodeOf } from "../start-error.js";

/** Room for requests under way when the service is told to stop. */
const CLOSE_WITHIN_MS = 5_000;

/** Gives the address, without a slash at its end. @throws StartError where the address is taken or none of this machine */
export async function listenAt(app: FastifyInstance, { port, host }: Pick<Config, "port" | "host">): Promise<string> {
  try {
    await app.listen({ port, host });
  } catch (cause) {
    const code = systemCodeOf(cause);
    if (code === undefined) throw cause;
    const why = code === "EADDRINUSE" ? "something else listens there" : code;
    throw new StartError(`Facet cannot listen at port ${port} of ${host}: ${why}. Set PORT or HOST.`, { cause });
  }
  const address = app.server.address() as AddressInfo;
  return `http://${nameHost(host)}:${address.port}`;
}

/** Who has not sent or taken the rest of a request by then is not waited for. */
export async function closeInTime(app: FastifyInstance): Promise<void> {
  const patience = setTimeout(() => app.server.closeAllConnections(), CLOSE_WITHIN_MS);
  await app.close();
  clearTimeout(patience);
}

/** As it stands in a URL. */
function nameHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

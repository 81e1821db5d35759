import pg from "pg";
import { DatabaseUnreachableError, PostgresTooOldError } from "./errors.js";

/** What the migrations are tried on. */
const OLDEST_MAJOR = 15;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Whether a Postgres answers and can hold our tables.
 *
 * @returns its version, such as `18.4`
 * @throws DatabaseUnreachableError, PostgresTooOldError
 */
export async function checkServer(connectionString: string): Promise<string> {
  const client = makeClient(connectionString);
  const address = `${client.host}:${client.port}/${client.database ?? ""}`;
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; number: number; encoding: string }>(
      `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
              current_setting('server_encoding') AS encoding`,
    );
    const [server] = rows;
    if (server === undefined) throw new DatabaseUnreachableError(address, "it did not say its version");
    const version = checkVersion(server.version, server.number);
    if (server.encoding !== "UTF8") {
      throw new DatabaseUnreachableError(address, `its encoding is ${server.encoding}; UTF8 is needed`);
    }
    return version;
  } catch (error) {
    if (error instanceof DatabaseUnreachableError || error instanceof PostgresTooOldError) throw error;
    throw new DatabaseUnreachableError(address, describeRefusal(error));
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * @param version as the server says it: distributions add words of their own, such as `15.4 (Debian 15.4-1)`
 * @param number such as 150004
 * @returns the version without those words
 * @throws PostgresTooOldError
 */
export function checkVersion(version: string, number: number): string {
  const plain = version.split(" ")[0] ?? version;
  if (number < OLDEST_MAJOR * 10_000) throw new PostgresTooOldError(plain, OLDEST_MAJOR);
  return plain;
}

function makeClient(connectionString: string): pg.Client {
  try {
    return new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  } catch {
    // The cause is left out: it quotes the whole address, and so the password.
    throw new DatabaseUnreachableError(
      "DATABASE_URL",
      "that is not an address of the form postgresql://user@host:5432/name",
    );
  }
}

/** In our words: those of the driver and of the server may quote what must not be shown. */
function describeRefusal(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  switch (code) {
    case "ECONNREFUSED":
      return "nothing listens there";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "no such host is known";
    case "28P01":
    case "28000":
      return "it refuses the user or the password";
    case "3D000":
      return "it has no such database";
    case "53300":
      return "it has no connection left";
    case "57P03":
      return "it is starting up or shutting down";
    default:
      return typeof code === "string" ? `connecting failed with ${code}` : "connecting failed or took too long";
  }
}

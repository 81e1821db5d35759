import type pg from "pg";
import type { RecordedStatement } from "./recorded-statement.js";
import { timed } from "../statistics.js";

/** Sends the statements of one decision again, one after another on one connection, as if it had never been made. @returns milliseconds */
export async function replayDecision(
  client: pg.Client,
  viewer: string,
  statements: readonly RecordedStatement[],
): Promise<number> {
  await client.query("DELETE FROM cover_decision WHERE user_id = $1", [viewer]);
  return timed(async () => {
    for (const { name, text, values } of statements) {
      await client.query({ ...(name !== "" && { name }), text, values: [...values] });
    }
  });
}

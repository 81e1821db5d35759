import type pg from "pg";

/**
 * Makes many rows of one that the service wrote itself: every column as it is there, but for those that are told. What the
 * service adds to its tables is copied along.
 *
 * @param changes SQL by column, over the row `t` and what `source` names
 * @param source  what follows FROM: the table as `t`, joined with what counts the copies
 */
export async function copyRows(
  client: pg.Client,
  table: string,
  changes: Readonly<Record<string, string>>,
  source: string,
): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'`,
    [table],
  );
  const names = rows.map(({ name }) => name);
  const unknown = Object.keys(changes).filter((column) => !names.includes(column));
  if (unknown.length > 0) throw new Error(`The table ${table} has no column ${unknown.join(", ")}.`);
  const values = names.map((name) => changes[name] ?? `t."${name}"`);
  const columns = names.map((name) => `"${name}"`).join(", ");
  const select = `SELECT ${values.join(", ")} FROM ${source}`;
  await client.query(`INSERT INTO "${table}" (${columns}) ${select} ON CONFLICT DO NOTHING`);
}

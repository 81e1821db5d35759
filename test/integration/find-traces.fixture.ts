import type { Facet } from "../../apps/api/src/compose.js";

/**
 * Where in the database a text occurs: in any column of any table, the queue's too, whatever its type; bytes are searched as
 * they are and as hex. One `schema.table.column` for each place.
 */
export async function findTraces({ prisma }: Pick<Facet, "prisma">, needle: string): Promise<string[]> {
  const columns = await prisma.$queryRaw<{ schema: string; table: string; column: string; type: string }[]>`
    SELECT table_schema AS "schema", table_name AS "table", column_name AS "column", data_type AS "type"
      FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'pgboss')`;
  const traces: string[] = [];
  for (const { schema, table, column, type } of columns) {
    const name = `"${column}"`;
    // Bytes as text are hex: a hash of 64 digits is found in it, and a text by its own hex.
    const text = type === "bytea" ? `encode(${name}, 'hex')` : `${name}::text`;
    const needles = type === "bytea" ? [needle, Buffer.from(needle).toString("hex")] : [needle];
    for (const each of needles) {
      const [found] = await prisma.$queryRawUnsafe<{ rows: number }[]>(
        `SELECT count(*)::int AS rows FROM "${schema}"."${table}" WHERE strpos(${text}, $1) > 0`,
        each,
      );
      if ((found?.rows ?? 0) > 0) traces.push(`${schema}.${table}.${column}`);
    }
  }
  return traces;
}

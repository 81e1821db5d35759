import type pg from "pg";
import type { RecordedStatement } from "./recorded-statement.js";

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly Plans?: readonly PlanNode[];
}

/** Of a table that stays this small (keys, secrets) a scan is the fastest plan that there is. */
const SMALL_TABLE_ROWS = 500;

/** Tables of the catalogue that the plan of any of the statements reads from end to end. */
export async function findSequentialScans(
  client: pg.Client,
  statements: readonly RecordedStatement[],
): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND reltuples < $1",
    [SMALL_TABLE_ROWS],
  );
  const small = new Set(rows.map(({ name }) => name));
  const scanned = new Set<string>();
  const distinct = new Map(statements.map((statement) => [statement.text, statement]));
  for (const { text, values } of distinct.values()) {
    if (!/^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(text)) continue;
    // Postgres takes the second for a statement that is often sent by its name.
    const plans = [
      { text: `EXPLAIN (FORMAT JSON) ${text}`, values: [...values] },
      { text: `EXPLAIN (FORMAT JSON, GENERIC_PLAN) ${text}` },
    ];
    for (const plan of plans) {
      const explained = await client.query<{ "QUERY PLAN": readonly { readonly Plan: PlanNode }[] }>(plan);
      for (const { Plan } of explained.rows[0]?.["QUERY PLAN"] ?? []) {
        for (const table of scannedTables(Plan)) if (!small.has(table)) scanned.add(table);
      }
    }
  }
  return [...scanned];
}

function scannedTables(node: PlanNode): string[] {
  const below = (node.Plans ?? []).flatMap(scannedTables);
  const table = node["Relation Name"];
  return node["Node Type"] === "Seq Scan" && table !== undefined ? [table, ...below] : below;
}

import type { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";

/** `"char"`, the one-byte type of Postgres' own catalogues. */
const CHAR_TYPE = 18;

/**
 * Has an adapter read columns of the type `"char"`. It does not know the type, and the schema engine meets it as soon as a
 * database has a trigger or a check. So the adapter is shown text, and the engine what it expects.
 */
export function readChars(adapter: Awaited<ReturnType<PrismaPg["connect"]>>): void {
  const charColumns = new WeakMap<object, readonly number[]>();

  const pool = adapter.underlyingDriver();
  const query = pool.query.bind(pool) as (...args: readonly unknown[]) => Promise<pg.QueryResult>;
  const queryAsText = async (...args: readonly unknown[]) => {
    const result = await query(...args);
    // Of several statements there are several results, and nobody reads them.
    if (Array.isArray(result)) return result;
    const chars = result.fields.flatMap((field, column) => (field.dataTypeID === CHAR_TYPE ? [column] : []));
    charColumns.set(result.rows, chars);
    const asText = (field: pg.FieldDef) =>
      field.dataTypeID === CHAR_TYPE ? { ...field, dataTypeID: pg.types.builtins.TEXT } : field;
    return { ...result, fields: result.fields.map(asText) };
  };
  pool.query = queryAsText;

  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (statement) => {
    const result = await queryRaw(statement);
    const chars = new Set(charColumns.get(result.rows));
    const typeOf = (type: (typeof result.columnTypes)[number], column: number) =>
      chars.has(column) ? ColumnTypeEnum.Character : type;
    return { ...result, columnTypes: result.columnTypes.map(typeOf) };
  };
}

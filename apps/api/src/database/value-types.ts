import pg from "pg";

const { builtins, getTypeParser } = pg.types;
/** Postgres' numbers of types that `pg` has no names for. */
const [FLOAT8_ARRAY, UUID_ARRAY] = [1022, 2951] as const;

type Read = (text: string) => unknown;
const readAnyReals = getTypeParser(FLOAT8_ARRAY as never, "text") as Read;
const readAnyIds = getTypeParser(UUID_ARRAY as never, "text") as Read;

/** Those that are not read as `pg` reads them. */
const OWN: Readonly<Record<number, Read>> = {
  // A number that JavaScript's own may be too small for is not to be a text.
  [builtins.INT8]: BigInt,
  // Of lists a page of covers reads thousands of items. The library looks at each character, which plain ones do not need.
  [FLOAT8_ARRAY]: (text) =>
    /^\{[-+.e\d,]*\}$/.test(text) ? (JSON.parse(`[${text.slice(1, -1)}]`) as number[]) : readAnyReals(text),
  [UUID_ARRAY]: (text) => (/^\{[-\da-f,]+\}$/.test(text) ? text.slice(1, -1).split(",") : readAnyIds(text)),
};

/** What Postgres' texts of values become: values of the types that Prisma gives them. */
export const VALUE_TYPES: pg.CustomTypesConfig = {
  getTypeParser: (id, format) => (OWN[id] ?? getTypeParser(id, format)) as never,
};

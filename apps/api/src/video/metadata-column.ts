import { Prisma } from "../generated/prisma/client.js";
import type { JsonObject } from "../graphql/json-object.js";

/** Prisma tells a column without a value from one that holds JSON's null. */
export function toJsonColumn(metadata: JsonObject | null): Prisma.InputJsonObject | typeof Prisma.DbNull {
  return metadata ?? Prisma.DbNull;
}

import type pg from "pg";
import { Prisma } from "../generated/prisma/client.js";
import { VALUE_TYPES } from "./value-types.js";

/** Who answers a statement in our own words, with its values in their places: Prisma's client, or `PreparedStatements`. */
export interface RawQueries {
  $queryRaw<Rows>(words: TemplateStringsArray, ...values: readonly unknown[]): PromiseLike<Rows>;
}

/**
 * Sends statements past Prisma, which takes as much of the processor's time as many a statement itself, and each by a name:
 * Postgres parses and plans it once for each connection, not each time. A value comes back as the type that Prisma gives it.
 */
export class PreparedStatements implements RawQueries {
  /** By text. It holds no values, so there are no more than are written in the code. */
  readonly #names = new Map<string, string>();

  constructor(private readonly pool: Pick<pg.Pool, "query">) {}

  /** @throws pg.DatabaseError */
  async $queryRaw<Rows>(words: TemplateStringsArray, ...values: readonly unknown[]): Promise<Rows> {
    const statement = Prisma.sql(words, ...values);
    const { text } = statement;
    const { rows } = await this.pool.query({
      name: this.#nameOf(text),
      text,
      values: statement.values,
      types: VALUE_TYPES,
    });
    return rows as Rows;
  }

  #nameOf(text: string): string {
    const name = this.#names.get(text) ?? `facet_${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}

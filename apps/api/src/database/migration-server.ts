import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { Releasers } from "../releasers.js";
import { readChars } from "./read-chars.js";

type Adapter = Awaited<ReturnType<PrismaPg["connect"]>>;

/**
 * Prisma's adapter for Postgres, fit for migrations. Its own `executeScript` cuts a script at every semicolon, also
 * inside of a function's body, and sends the pieces one by one; here a migration goes whole, so that Postgres applies all
 * of it or nothing, as it does for `prisma migrate`. Its own shadow database is never dropped, for its connections are
 * still open then; it cannot read a catalogue that has triggers. And what the engine leaves open, `dispose` closes.
 */
export class MigrationServer extends PrismaPg {
  readonly #releasers = new Releasers();

  private constructor(private readonly parts: pg.PoolConfig) {
    super(parts);
  }

  /** Takes the connection string apart: beside it the name of a shadow database would not count. */
  static of(connectionString: string): MigrationServer {
    const { host, port, database, user, password, ssl } = new pg.Client({ connectionString });
    return new MigrationServer({
      ...{ host, port, user, ssl, application_name: "facet-migrations" },
      ...(database !== undefined && { database }),
      ...(password != null && { password }),
    });
  }

  override connect(): Promise<Adapter> {
    return this.#open(new PrismaPg(this.parts));
  }

  override async connectToShadowDb(): Promise<Adapter> {
    const database = `facet_shadow_${randomUUID()}`;
    const server = await this.connect();
    await server.executeScript(`CREATE DATABASE "${database}"`);
    this.#releasers.add(() => server.executeScript(`DROP DATABASE "${database}"`));
    return this.#open(new PrismaPg({ ...this.parts, database }));
  }

  dispose(): Promise<void> {
    return this.#releasers.release();
  }

  async #open(factory: PrismaPg): Promise<Adapter> {
    const adapter = await factory.connect();
    const end = adapter.dispose.bind(adapter);
    this.#releasers.add(end);
    // Called by the engine when it pleases, and never for some: everything ends together, in `dispose`.
    adapter.dispose = () => Promise.resolve();
    // Without arguments it is sent by the simple protocol, which takes any number of statements as one transaction.
    adapter.executeScript = async (sql) => {
      await adapter.executeRaw({ sql, args: [], argTypes: [] });
    };
    readChars(adapter);
    return adapter;
  }
}

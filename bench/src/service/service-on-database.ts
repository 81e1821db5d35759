import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase, type Database } from "@facet/api/database";
import pg from "pg";
import type { Releasers } from "../releasers.js";
import { GraphqlCaller } from "./graphql-caller.js";
import { ServiceProcess } from "./service-process.js";

/** A Postgres of its own, and the service on it, which can be stopped and started again. */
export class ServiceOnDatabase {
  readonly #key = `bench-${randomBytes(24).toString("base64url")}`;
  #service: ServiceProcess | undefined;

  private constructor(
    private readonly database: Database,
    private readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
    /** For what no caller of the service could do: many rows at once, and looks at plans. */
    readonly client: pg.Client,
  ) {}

  /** @param environment what the service has of it besides */
  static async open(
    folder: string,
    releasers: Releasers,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<ServiceOnDatabase> {
    await mkdir(join(folder, "films"), { recursive: true });
    const database = await openDatabase({ dataDir: join(folder, "database"), log: () => undefined });
    releasers.add(() => database.close());
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    releasers.add(() => client.end());
    const made = new ServiceOnDatabase(database, folder, environment, client);
    releasers.add(() => made.stop());
    return made;
  }

  /** Where films lie that are registered by path. */
  get films(): string {
    return join(this.folder, "films");
  }

  get connectionString(): string {
    return this.database.connectionString;
  }

  get service(): ServiceProcess {
    if (this.#service === undefined) throw new Error("The service is not running.");
    return this.#service;
  }

  /** @param connectionString where the service finds Postgres; the database itself unless told */
  async start(connectionString: string = this.connectionString): Promise<void> {
    this.#service = await ServiceProcess.start({
      ...{ DATABASE_URL: connectionString, FACET_DATA_DIR: join(this.folder, "data"), FACET_MEDIA_ROOT: this.films },
      ...{ FACET_ADMIN_KEY: this.#key, ...this.environment },
    });
  }

  async stop(): Promise<void> {
    await this.#service?.stop();
    this.#service = undefined;
  }

  /** @param connections requests under way at once, at most */
  call(connections = 1): GraphqlCaller {
    return new GraphqlCaller(this.service.url, { key: this.#key, connections });
  }
}

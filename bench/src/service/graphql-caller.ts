import { Pool } from "undici";

interface Answer<Data> {
  readonly data?: Data;
  readonly errors?: readonly { readonly message: string }[];
}

/** Sends GraphQL over connections that are kept open. */
export class GraphqlCaller {
  readonly #pool: Pool;
  readonly #headers: Readonly<Record<string, string>>;

  /** @param connections requests under way at once, at most */
  constructor(url: string, { key, connections }: { readonly key?: string; readonly connections: number }) {
    this.#pool = new Pool(url, { connections, pipelining: 1 });
    this.#headers = {
      "content-type": "application/json",
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
    };
  }

  /** @throws Error where the answer is not what was asked for */
  async ask<Data>(query: string, variables: object = {}): Promise<Data> {
    const { statusCode, body } = await this.#pool.request({
      ...{ method: "POST", path: "/graphql", headers: this.#headers },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await body.json()) as Answer<Data>;
    if (data === undefined || errors !== undefined) {
      throw new Error(`${statusCode}: ${errors?.[0]?.message ?? "no data"}`);
    }
    return data;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

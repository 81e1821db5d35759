/** A GraphQL answer as it comes over the wire. */
export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string } & Record<string, unknown>;
  }[];
}

/** Talks to a running service as a platform's backend does. */
export class FacetClient {
  constructor(
    readonly baseUrl: string,
    private readonly key: string | undefined,
  ) {}

  /** Another caller of the same service. */
  withKey(key: string | undefined): FacetClient {
    return new FacetClient(this.baseUrl, key);
  }

  /** Sends a query and gives whatever comes back. */
  ask(query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    return this.askInJson(JSON.stringify({ query, variables }));
  }

  /** As `ask`, with a body that no object in memory could be written as. */
  async askInJson(body: string): Promise<Answer> {
    const response = await fetch(`${this.baseUrl}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...this.#authorization() },
      body,
    });
    return (await response.json()) as Answer;
  }

  /** Sends a query that must succeed. `Data` is what the test reads of it. */
  async get<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await this.ask(query, variables);
    if (errors !== undefined || data == null) throw new Error(`The query failed: ${JSON.stringify(errors)}`);
    return data as Data;
  }

  /** Fetches an address of the service. */
  getWithKey(url: string): Promise<Response> {
    return fetch(url, { headers: this.#authorization() });
  }

  postUpload(body: Uint8Array | string, headers: Record<string, string>): Promise<Response> {
    return fetch(`${this.baseUrl}/uploads`, {
      method: "POST",
      headers: { ...this.#authorization(), ...headers },
      body: body as NonNullable<RequestInit["body"]>,
    });
  }

  /** Uploads bytes and gives the id of the upload. */
  async upload(bytes: Uint8Array, contentType: string): Promise<string> {
    const response = await this.postUpload(bytes, { "content-type": contentType });
    if (response.status !== 201) throw new Error(`The upload failed: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { uploadId: string }).uploadId;
  }

  #authorization(): Record<string, string> {
    return this.key === undefined ? {} : { authorization: `Bearer ${this.key}` };
  }
}

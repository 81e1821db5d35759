import { FacetRequestError, FacetUserError, type UserFault } from "./errors.js";
import {
  PersonalizedCoverDocument,
  PersonalizedCoversDocument,
  RecordLikedImageDocument,
  RecordLikedImagesDocument,
  RegisterVideoDocument,
  RemoveLikedImageDocument,
  VideoDocument,
  type CoverFragment,
  type LikeFragment,
  type PersonalizedCoversQuery,
  type RecordLikedImageInput,
  type RecordLikedImagesInput,
  type RecordLikedImagesMutation,
  type RegisterVideoInput,
  type RemoveLikedImageInput,
  type TypedDocumentString,
  type VideoStateFragment,
} from "./generated/operations.js";
import { checkOptions, type FacetClientOptions } from "./options.js";
import { pause } from "./pause.js";
import { readData, readUploadId, refused } from "./read-answer.js";
import { send, type Answer } from "./send.js";

export interface RequestOptions {
  readonly signal?: AbortSignal;
}

/** A cover of a page, or why there is none for its video. */
export type CoverOrProblem = PersonalizedCoversQuery["personalizedCovers"][number];
/** What became of one of many likes. */
export type LikeResult = RecordLikedImagesMutation["recordLikedImages"]["results"][number];

/** Bytes as `fetch` sends them. */
export type UploadBody = NonNullable<RequestInit["body"]>;

const POLL_MS = 500;

/** Talks to a Facet service. Every method throws FacetRequestError; those that change something FacetUserError too. */
export class FacetClient {
  readonly #url: string;
  readonly #authorization: string;
  readonly #fetch: typeof fetch;
  readonly #attempts: number;

  /** @throws FacetOptionError */
  constructor(options: FacetClientOptions) {
    checkOptions(options);
    const { url, key, fetch: given = fetch, attempts = 3 } = options;
    this.#url = url.replace(/\/+$/, "");
    this.#authorization = `Bearer ${key}`;
    this.#fetch = given;
    this.#attempts = attempts;
  }

  /** Sends any operation: one that was generated with its types, or text. A query is sent again where the connection was lost, a mutation is not. */
  async request<Data extends object, Variables extends object>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    options?: RequestOptions,
  ): Promise<Data>;
  /** Nobody checks what is said here of the text's answer. */
  async request<Data extends object>(query: string, variables?: object, options?: RequestOptions): Promise<Data>;
  async request(
    document: TypedDocumentString<object, object> | string,
    variables: object = {},
    { signal }: RequestOptions = {},
  ): Promise<object> {
    const query = document.toString();
    const body = JSON.stringify({ query, variables });
    return readData(await this.#send("/graphql", "application/json", body, !isMutation(query), signal));
  }

  /** Hands over the bytes of a video or a picture; gives the id to name them by. A stream is sent once, whatever happens. */
  async upload(bytes: UploadBody, contentType: string, { signal }: RequestOptions = {}): Promise<string> {
    return readUploadId(await this.#send("/uploads", contentType, bytes, !isStream(bytes), signal));
  }

  /** The cover of a video for a viewer. */
  async personalizedCover(videoId: string, userId: string, options?: RequestOptions): Promise<CoverFragment> {
    return this.#ask("personalizedCover", PersonalizedCoverDocument, { videoId, userId }, options);
  }

  /** The covers of a page, in the order asked. */
  async personalizedCovers(
    userId: string,
    videoIds: readonly string[],
    { diversity, ...options }: RequestOptions & { readonly diversity?: number } = {},
  ): Promise<readonly CoverOrProblem[]> {
    const variables = { userId, videoIds: [...videoIds], diversity: diversity ?? 0 };
    return this.#ask("personalizedCovers", PersonalizedCoversDocument, variables, options);
  }

  /** What is known of a video; null where none has this id. */
  async video(id: string, options?: RequestOptions): Promise<VideoStateFragment | null> {
    return this.#ask("video", VideoDocument, { id }, options);
  }

  /** Waits until covers can be asked for. Throws FacetRequestError VIDEO_NOT_READY where the ingest fails, VIDEO_NOT_FOUND where there is no such video. */
  async untilReady(
    id: string,
    { onState, ...options }: RequestOptions & { readonly onState?: (video: VideoStateFragment) => void } = {},
  ): Promise<VideoStateFragment> {
    for (;;) {
      const video = await this.video(id, options);
      if (video === null) throw new FacetRequestError("VIDEO_NOT_FOUND", `No video "${id}" is registered.`);
      onState?.(video);
      if (video.status === "READY") return video;
      if (video.status === "FAILED") {
        const message = `Video "${id}" has no covers: ${video.failure?.message ?? "its ingest failed."}`;
        throw new FacetRequestError("VIDEO_NOT_READY", message, { status: video.status, failure: video.failure });
      }
      await pause(POLL_MS, options.signal);
    }
  }

  async registerVideo(input: RegisterVideoInput, options?: RequestOptions): Promise<VideoStateFragment> {
    const made = await this.#ask("registerVideo", RegisterVideoDocument, { input }, options);
    return settle(made.video, made.userErrors);
  }

  async recordLikedImage(input: RecordLikedImageInput, options?: RequestOptions): Promise<LikeFragment> {
    const made = await this.#ask("recordLikedImage", RecordLikedImageDocument, { input }, options);
    return settle(made.likedImage, made.userErrors);
  }

  /** Up to 500 at once. Each image has its own result: only a call that is refused as a whole is thrown. */
  async recordLikedImages(input: RecordLikedImagesInput, options?: RequestOptions): Promise<readonly LikeResult[]> {
    const made = await this.#ask("recordLikedImages", RecordLikedImagesDocument, { input }, options);
    return settle(made.results, made.userErrors);
  }

  async removeLikedImage(input: RemoveLikedImageInput, options?: RequestOptions): Promise<LikeFragment> {
    const removed = await this.#ask("removeLikedImage", RemoveLikedImageDocument, { input }, options);
    return settle(removed.likedImage, removed.userErrors);
  }

  /** The bytes of a picture that the service named. */
  async fetchImage(url: string, { signal }: RequestOptions = {}): Promise<Uint8Array> {
    const options = { fetch: this.#fetch, attempts: this.#attempts, repeatable: true, signal };
    const given = await send(url, {}, options);
    if (!given.answer.ok) throw refused(given);
    return given.bytes;
  }

  /** The one field of an operation of ours. */
  async #ask<Data extends object, Variables extends object, Field extends keyof Data & string>(
    field: Field,
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    options: RequestOptions | undefined,
  ): Promise<Data[Field]> {
    const data = await this.request(document, variables, options);
    if (data[field] === undefined)
      throw new FacetRequestError("UNEXPECTED_ANSWER", `The service answered without "${field}".`);
    return data[field];
  }

  #send(
    path: string,
    contentType: string,
    body: UploadBody,
    repeatable: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    const headers = { authorization: this.#authorization, "content-type": contentType };
    const request = { method: "POST", headers, body, ...(isStream(body) && { duplex: "half" as const }) };
    // A stream is gone once it was sent.
    const attempts = isStream(body) ? 1 : this.#attempts;
    return send(`${this.#url}${path}`, request, { fetch: this.#fetch, attempts, repeatable, signal });
  }
}

/** Strings and comments may say anything. */
function isMutation(query: string): boolean {
  const code = query.replace(/"""[^]*?"""|"(?:\\.|[^"\\\n])*"|#.*/g, "");
  return /(^|\})\s*mutation\b/.test(code);
}

/** A web stream, one of Node, or whatever else gives its bytes bit by bit. */
function isStream(body: UploadBody): boolean {
  return typeof body === "object" && (body instanceof ReadableStream || Symbol.asyncIterator in body);
}

function settle<Made>(made: Made | null, userErrors: readonly UserFault[]): Made {
  const [first] = userErrors;
  if (first !== undefined) throw new FacetUserError(first, userErrors);
  if (made === null)
    throw new FacetRequestError("UNEXPECTED_ANSWER", "The service answered neither a result nor a fault.");
  return made;
}

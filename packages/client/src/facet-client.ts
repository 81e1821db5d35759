import { setTimeout as sleep } from "node:timers/promises";
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
import { readRetryAfter, send, type Answer } from "./send.js";

export interface FacetClientOptions {
  /** Address of the service: `http://localhost:4000`. */
  readonly url: string;
  /** A key of the service: a reader's asks for covers, an admin's changes things too. */
  readonly key: string;
  /** Sends requests; the platform's own `fetch` unless told. */
  readonly fetch?: typeof fetch;
  /** How often a request is sent at most, where sending it again may help; 3 unless told. */
  readonly attempts?: number;
}

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

  constructor({ url, key, fetch: given = fetch, attempts = 3 }: FacetClientOptions) {
    this.#url = url.replace(/\/+$/, "");
    this.#authorization = `Bearer ${key}`;
    this.#fetch = given;
    this.#attempts = attempts;
  }

  /** Sends any operation: one that was generated with its types, or text. A query is sent again where the connection was lost, a mutation is not. */
  async request<Data, Variables extends object>(
    document: TypedDocumentString<Data, Variables> | string,
    variables: Variables,
    { signal }: RequestOptions = {},
  ): Promise<Data> {
    const query = document.toString();
    const body = JSON.stringify({ query, variables });
    const { answer, bytes } = await this.#send("/graphql", "application/json", body, !isMutation(query), signal);
    const { data, errors } = readJson<GraphQlAnswer<Data>>(bytes);
    const [error] = errors ?? [];
    if (error !== undefined) {
      const { code = "INTERNAL_SERVER_ERROR", ...details } = error.extensions ?? {};
      throw new FacetRequestError(String(code), error.message, { ...retryDetails(answer), ...details });
    }
    if (!answer.ok || data == null) throw unexpected(answer);
    return data;
  }

  /** Hands over the bytes of a video or a picture; gives the id to name them by. A stream is sent once, whatever happens. */
  async upload(bytes: UploadBody, contentType: string, { signal }: RequestOptions = {}): Promise<string> {
    const { answer, bytes: told } = await this.#send("/uploads", contentType, bytes, !isStream(bytes), signal);
    const { uploadId } = readJson<{ uploadId?: string }>(told);
    if (uploadId === undefined) throw refused(answer, told);
    return uploadId;
  }

  /** The cover of a video for a viewer. */
  async personalizedCover(videoId: string, userId: string, options?: RequestOptions): Promise<CoverFragment> {
    return (await this.request(PersonalizedCoverDocument, { videoId, userId }, options)).personalizedCover;
  }

  /** The covers of a page, in the order asked. */
  async personalizedCovers(
    userId: string,
    videoIds: readonly string[],
    { diversity, ...options }: RequestOptions & { readonly diversity?: number } = {},
  ): Promise<readonly CoverOrProblem[]> {
    const variables = { userId, videoIds: [...videoIds], diversity: diversity ?? 0 };
    return (await this.request(PersonalizedCoversDocument, variables, options)).personalizedCovers;
  }

  /** What is known of a video; null where none has this id. */
  async video(id: string, options?: RequestOptions): Promise<VideoStateFragment | null> {
    return (await this.request(VideoDocument, { id }, options)).video;
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
      await sleep(POLL_MS, undefined, options.signal && { signal: options.signal });
    }
  }

  async registerVideo(input: RegisterVideoInput, options?: RequestOptions): Promise<VideoStateFragment> {
    const { video, userErrors } = (await this.request(RegisterVideoDocument, { input }, options)).registerVideo;
    return settle(video, userErrors);
  }

  async recordLikedImage(input: RecordLikedImageInput, options?: RequestOptions): Promise<LikeFragment> {
    const { likedImage, userErrors } = (await this.request(RecordLikedImageDocument, { input }, options))
      .recordLikedImage;
    return settle(likedImage, userErrors);
  }

  /** Up to 500 at once. Each image has its own result: only a call that is refused as a whole is thrown. */
  async recordLikedImages(input: RecordLikedImagesInput, options?: RequestOptions): Promise<readonly LikeResult[]> {
    const answer = await this.request(RecordLikedImagesDocument, { input }, options);
    const { results, userErrors } = answer.recordLikedImages;
    return settle(results, userErrors);
  }

  async removeLikedImage(input: RemoveLikedImageInput, options?: RequestOptions): Promise<LikeFragment> {
    const { likedImage, userErrors } = (await this.request(RemoveLikedImageDocument, { input }, options))
      .removeLikedImage;
    return settle(likedImage, userErrors);
  }

  /** The bytes of a picture that the service named. */
  async fetchImage(url: string, { signal }: RequestOptions = {}): Promise<Uint8Array> {
    const options = { fetch: this.#fetch, attempts: this.#attempts, repeatable: true, signal };
    const { answer, bytes } = await send(url, {}, options);
    if (!answer.ok) throw refused(answer, bytes);
    return bytes;
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

interface GraphQlAnswer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
}

interface Problem {
  readonly code: string;
  readonly message: string;
}

function isMutation(query: string): boolean {
  return /(^|\})\s*mutation\b/.test(query.replace(/#.*/g, ""));
}

/** A web stream, one of Node, or whatever else gives its bytes bit by bit. */
function isStream(body: UploadBody): boolean {
  return typeof body === "object" && (body instanceof ReadableStream || Symbol.asyncIterator in body);
}

/** Nothing where it is no JSON. */
function readJson<Value extends object>(bytes: Uint8Array): Partial<Value> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** What the service says of a request that GraphQL never sees. */
function refused(answer: Response, told: Uint8Array): FacetRequestError {
  const { error } = readJson<{ error?: Problem }>(told);
  return error === undefined
    ? unexpected(answer)
    : new FacetRequestError(error.code, error.message, retryDetails(answer));
}

/** Not the service's own words: a proxy's, or another server's. */
function unexpected(answer: Response): FacetRequestError {
  const message = `${answer.url} answered ${answer.status}, and nothing that Facet would say.`;
  return new FacetRequestError("UNEXPECTED_ANSWER", message, { status: answer.status, ...retryDetails(answer) });
}

/** What an answer says in its head alone: not every body says when to ask again, and none of a proxy does. */
function retryDetails(answer: Response): { readonly retryAfterSeconds?: number } {
  const retryAfterSeconds = readRetryAfter(answer);
  return retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
}

function settle<Made>(made: Made | null, userErrors: readonly UserFault[]): Made {
  const [first] = userErrors;
  if (first !== undefined) throw new FacetUserError(first, userErrors);
  if (made === null)
    throw new FacetRequestError("UNEXPECTED_ANSWER", "The service answered neither a result nor a fault.");
  return made;
}

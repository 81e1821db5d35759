import { setTimeout as sleep } from "node:timers/promises";
import type { CoverBasis, CoverReason } from "@facet/domain";

/** What the demo reads of a decided cover. */
export interface Cover {
  readonly frame: { readonly index: number; readonly timestampMs: number; readonly image: { readonly url: string } };
  readonly basis: CoverBasis;
  readonly reason: CoverReason;
  readonly probability: number;
  readonly modelVersion: string;
  readonly candidates: readonly {
    readonly frame: { readonly index: number; readonly timestampMs: number };
    readonly interestWeight: number;
    readonly probability: number;
  }[];
}

export const personalizedCoverQuery = `query Cover($videoId: ID!, $userId: ID!) {
  personalizedCover(videoId: $videoId, userId: $userId) {
    frame { index timestampMs image { url } }
    basis
    reason
    probability
    modelVersion
    candidates { frame { index timestampMs } interestWeight probability }
  }
}`;

interface UserError {
  readonly code: string;
  readonly message: string;
}

interface VideoState {
  readonly status: "PENDING" | "PROCESSING" | "READY" | "FAILED";
  readonly failure: UserError | null;
  readonly durationMs: number | null;
  readonly candidateFrames: readonly { readonly id: string }[];
}

/** What a platform's backend does to use the service: plain HTTP and GraphQL, nothing of the service's own code. */
export class FacetHttp {
  constructor(
    private readonly baseUrl: string,
    private readonly adminKey: string,
  ) {}

  /** `POST /uploads`: answers the id to name the bytes by. */
  async upload(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<string> {
    const answer = await this.#post("/uploads", contentType, bytes);
    return ((await answer.json()) as { uploadId: string }).uploadId;
  }

  async registerVideo(video: { id: string; title: string; category: string; uploadId: string }): Promise<void> {
    const { uploadId, ...facts } = video;
    const { registerVideo } = await this.#graphql<{ registerVideo: { userErrors: UserError[] } }>(
      `mutation Register($input: RegisterVideoInput!) {
        registerVideo(input: $input) { video { id status } userErrors { code message } }
      }`,
      { input: { ...facts, source: { uploadId } } },
    );
    refuse(registerVideo.userErrors);
  }

  /** Resolves when the video is ready; its candidate frames have been extracted and encoded then. */
  async untilReady(videoId: string, onStatus: (status: VideoState["status"]) => void): Promise<VideoState> {
    let last: VideoState["status"] | undefined;
    for (;;) {
      const { video } = await this.#graphql<{ video: VideoState }>(
        `query State($id: ID!) {
          video(id: $id) { status failure { code message } durationMs candidateFrames { id } }
        }`,
        { id: videoId },
      );
      if (video.status !== last) onStatus(video.status);
      last = video.status;
      if (video.status === "READY") return video;
      if (video.status === "FAILED") throw new Error(`The video "${videoId}" failed: ${video.failure?.message ?? ""}`);
      await sleep(200);
    }
  }

  async recordLikedImage(userId: string, uploadId: string, likedAt: Date): Promise<void> {
    const { recordLikedImage } = await this.#graphql<{ recordLikedImage: { userErrors: UserError[] } }>(
      `mutation Like($input: RecordLikedImageInput!) {
        recordLikedImage(input: $input) { likedImage { id } userErrors { code message } }
      }`,
      { input: { userId, source: { uploadId }, likedAt: likedAt.toISOString() } },
    );
    refuse(recordLikedImage.userErrors);
  }

  async personalizedCover(videoId: string, userId: string): Promise<Cover> {
    const variables = { videoId, userId };
    return (await this.#graphql<{ personalizedCover: Cover }>(personalizedCoverQuery, variables)).personalizedCover;
  }

  async fetchImage(url: string): Promise<Uint8Array> {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`GET ${url} answered ${answer.status}.`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  async #graphql<Data>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Data> {
    const answer = await this.#post("/graphql", "application/json", JSON.stringify({ query, variables }));
    const { data, errors } = (await answer.json()) as { data?: Data | null; errors?: { message: string }[] };
    if (errors?.[0] !== undefined || data == null) throw new Error(errors?.[0]?.message ?? "GraphQL gave no data.");
    return data;
  }

  async #post(path: string, contentType: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> {
    const answer = await fetch(`${this.baseUrl}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.adminKey}`, "content-type": contentType },
      body,
    });
    if (!answer.ok) throw new Error(`POST ${path} answered ${answer.status}: ${await answer.text()}`);
    return answer;
  }
}

function refuse(userErrors: readonly UserError[]): void {
  const [first] = userErrors;
  if (first !== undefined) throw new Error(`${first.code}: ${first.message}`);
}

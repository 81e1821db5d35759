import { CandidateFramesDocument, FacetClient, type CoverFragment, type VideoStateFragment } from "@facet/client";
import { StallWatch } from "./stall-watch.js";

/** What the demo reads of a decided cover. */
export type Cover = CoverFragment;

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

/** What a platform's backend does to use the service: calls of its client, nothing of the service's own code. */
export class FacetHttp {
  readonly #client: FacetClient;

  /** @param watch of all videos that are waited for */
  constructor(
    baseUrl: string,
    adminKey: string,
    private readonly watch = new StallWatch(),
  ) {
    this.#client = new FacetClient({ url: baseUrl, key: adminKey });
  }

  /** Gives the id to name the bytes by. */
  upload(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<string> {
    return this.#client.upload(bytes, contentType);
  }

  async registerVideo(video: { id: string; title: string; category: string; uploadId: string }): Promise<void> {
    const { uploadId, ...facts } = video;
    await this.#client.registerVideo({ ...facts, source: { uploadId } });
  }

  /**
   * Resolves when the video is ready; its candidate frames have been extracted and encoded then.
   *
   * @throws FacetRequestError where the ingest fails; Error where nothing moves for long
   */
  async untilReady(
    videoId: string,
    onStatus: (status: VideoStateFragment["status"]) => void,
  ): Promise<{ readonly durationMs: number | null; readonly candidateFrames: readonly { readonly id: string }[] }> {
    let last: VideoStateFragment["status"] | undefined;
    const onState = (video: VideoStateFragment) => {
      this.watch.note(video);
      const { status } = video;
      if (status !== last) onStatus(status);
      last = status;
    };
    const { durationMs } = await this.#client.untilReady(videoId, { onState });
    const { video } = await this.#client.request(CandidateFramesDocument, { id: videoId });
    return { durationMs, candidateFrames: video?.candidateFrames ?? [] };
  }

  async recordLikedImage(userId: string, uploadId: string, likedAt: Date): Promise<void> {
    await this.#client.recordLikedImage({ userId, source: { uploadId }, likedAt: likedAt.toISOString() });
  }

  personalizedCover(videoId: string, userId: string): Promise<Cover> {
    return this.#client.personalizedCover(videoId, userId);
  }

  fetchImage(url: string): Promise<Uint8Array> {
    return this.#client.fetchImage(url);
  }
}

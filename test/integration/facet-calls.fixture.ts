import type { FacetClient } from "./facet-client.fixture.js";

export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
}

export interface Video {
  readonly id: string;
  readonly title: string | null;
  readonly status: string;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly durationMs: number | null;
  readonly width: number | null;
  readonly height: number | null;
}

export interface Frame {
  readonly id: string;
  readonly index: number;
  readonly timestampMs: number;
  readonly image: { readonly url: string; readonly width: number; readonly height: number };
  readonly quality: { readonly score: number };
}

export interface Cover {
  readonly decisionId: string;
  readonly video: { readonly id: string };
  readonly userId: string;
  readonly frame: Frame;
  readonly basis: string;
  readonly reason: string;
  readonly probability: number;
  readonly modelVersion: string;
  readonly decidedAt: string;
  readonly candidates: readonly {
    readonly frame: Frame;
    readonly interestWeight: number;
    readonly probability: number;
  }[];
}

const VIDEO = "{ id title status failure { code message } durationMs width height }";
const FRAME = "{ id index timestampMs image { url width height } quality { score } }";
const USER_ERRORS = "userErrors { code message field }";

export const COVER_QUERY = `query Cover($videoId: ID!, $userId: ID!) {
  personalizedCover(videoId: $videoId, userId: $userId) {
    decisionId video { id } userId frame ${FRAME} basis reason probability modelVersion decidedAt
    candidates { frame ${FRAME} interestWeight probability }
  }
}`;

export const REGISTER_MUTATION = `mutation Register($input: RegisterVideoInput!) {
  registerVideo(input: $input) { video ${VIDEO} ${USER_ERRORS} }
}`;

export const LIKE_MUTATION = `mutation Like($input: RecordLikedImageInput!) {
  recordLikedImage(input: $input) { likedImage { id userId likedAt image { url width height } } ${USER_ERRORS} }
}`;

export const LIKES_MUTATION = `mutation Likes($input: RecordLikedImagesInput!) {
  recordLikedImages(input: $input) {
    results { index likedImage { id userId likedAt image { url width height } } ${USER_ERRORS} }
    ${USER_ERRORS}
  }
}`;

export const UNLIKE_MUTATION = `mutation Unlike($input: RemoveLikedImageInput!) {
  removeLikedImage(input: $input) { likedImage { id } ${USER_ERRORS} }
}`;

export async function registerVideo(client: FacetClient, input: Record<string, unknown>) {
  interface Data {
    readonly registerVideo: { video: Video | null; userErrors: readonly UserError[] };
  }
  return (await client.get<Data>(REGISTER_MUTATION, { input })).registerVideo;
}

export interface Like {
  readonly id: string;
  readonly userId: string;
  readonly likedAt: string;
  readonly image: { readonly url: string; readonly width: number; readonly height: number };
}

export async function recordLikedImage(client: FacetClient, input: Record<string, unknown>) {
  interface Data {
    readonly recordLikedImage: { likedImage: Like | null; userErrors: readonly UserError[] };
  }
  return (await client.get<Data>(LIKE_MUTATION, { input })).recordLikedImage;
}

export async function recordLikedImages(client: FacetClient, input: Record<string, unknown>) {
  interface Data {
    readonly recordLikedImages: {
      results: readonly { index: number; likedImage: Like | null; userErrors: readonly UserError[] }[];
      userErrors: readonly UserError[];
    };
  }
  return (await client.get<Data>(LIKES_MUTATION, { input })).recordLikedImages;
}

export async function removeLikedImage(client: FacetClient, input: Record<string, unknown>) {
  interface Data {
    readonly removeLikedImage: { likedImage: { id: string } | null; userErrors: readonly UserError[] };
  }
  return (await client.get<Data>(UNLIKE_MUTATION, { input })).removeLikedImage;
}

export async function chooseCover(client: FacetClient, videoId: string, userId: string): Promise<Cover> {
  return (await client.get<{ personalizedCover: Cover }>(COVER_QUERY, { videoId, userId })).personalizedCover;
}

export async function findVideo(client: FacetClient, id: string): Promise<Video | null> {
  return (await client.get<{ video: Video | null }>(`query Video($id: ID!) { video(id: $id) ${VIDEO} }`, { id })).video;
}

/** Waits for the end of a video's ingest, however it ends. */
export async function untilIngested(client: FacetClient, id: string): Promise<Video> {
  for (;;) {
    const video = await findVideo(client, id);
    if (video === null) throw new Error(`No video "${id}" is registered.`);
    if (video.status === "READY" || video.status === "FAILED") return video;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

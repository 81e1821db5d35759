import type pg from "pg";
import { copyRows } from "./copy-rows.js";

/** Of every viewer. */
export const LIKES = 20;

export const TEMPLATE = { video: "template video", viewer: "template viewer" } as const;

export const videoName = (video: number): string => `video ${video}`;
export const viewerName = (viewer: number): string => `viewer ${viewer}`;

/** How much is stored, of each counted from 0. */
export interface CatalogueSize {
  readonly videos: number;
  readonly framesPerVideo: number;
  readonly viewers: number;
  /** The first so many viewers have a decision for each of so many videos. */
  readonly decided: { readonly viewers: number; readonly videosEach: number };
}

/**
 * A catalogue made by SQL from what the service stored of the template: a video that it ingested, a viewer whose like it
 * recorded and a decision that it made. It can grow.
 */
export class Catalogue {
  #size: CatalogueSize;

  constructor(
    private readonly client: pg.Client,
    framesPerVideo: number,
  ) {
    this.#size = { videos: 0, framesPerVideo, viewers: 0, decided: { viewers: 0, videosEach: 0 } };
  }

  get size(): CatalogueSize {
    return this.#size;
  }

  /** Stores what is lacking of a size, and has the planner look at it. Decisions are made once, for all of the viewers and videos that it names. */
  async growTo(size: Omit<CatalogueSize, "framesPerVideo">): Promise<void> {
    const before = this.#size;
    await this.client.query("SET synchronous_commit = off");
    await this.#addVideos(before.videos, size.videos);
    await this.#addViewers(before.viewers, size.viewers, size.videos);
    await this.#addDecisions(before.decided, size.decided, size.videos);
    await this.client.query("VACUUM ANALYZE");
    this.#size = { ...size, framesPerVideo: before.framesPerVideo };
  }

  async #addVideos(from: number, to: number): Promise<void> {
    const videos = `generate_series(${from}, ${to - 1}) AS v`;
    const frames = `${videos} CROSS JOIN generate_series(0, ${this.#size.framesPerVideo - 1}) AS k`;
    await copyRows(
      this.client,
      "video",
      { id: "'video ' || v" },
      `video t CROSS JOIN ${videos} WHERE t.id = '${TEMPLATE.video}'`,
    );
    await copyRows(
      this.client,
      "image",
      { hash: IMAGE_HASH, bytes: IMAGE_BYTES, size_bytes: `octet_length(${IMAGE_BYTES})` },
      `(SELECT i.* FROM image i JOIN candidate_frame c ON c.image_hash = i.hash
         WHERE c.video_id = '${TEMPLATE.video}' LIMIT 1) t CROSS JOIN ${frames}`,
    );
    const inTurn = "ON t.place = k % t.places";
    await copyRows(
      this.client,
      "feature",
      { image_hash: IMAGE_HASH },
      `${frames} JOIN (SELECT f.*, ${PLACE} FROM feature f JOIN candidate_frame c ON c.image_hash = f.image_hash
                        WHERE c.video_id = '${TEMPLATE.video}') t ${inTurn}`,
    );
    await copyRows(
      this.client,
      "candidate_frame",
      {
        ...{ id: FRAME_ID, video_id: "'video ' || v", image_hash: IMAGE_HASH },
        ...{ frame_index: "k", timestamp_ms: "k * 500", shot: "k" },
      },
      `${frames} JOIN (SELECT c.*, ${PLACE} FROM candidate_frame c WHERE c.video_id = '${TEMPLATE.video}') t ${inTurn}`,
    );
  }

  async #addViewers(from: number, to: number, videos: number): Promise<void> {
    const viewers = `generate_series(${from}, ${to - 1}) AS u`;
    await copyRows(
      this.client,
      "viewer",
      { id: "'viewer ' || u", history_version: String(LIKES) },
      `viewer t CROSS JOIN ${viewers} WHERE t.id = '${TEMPLATE.viewer}'`,
    );
    const { framesPerVideo } = this.#size;
    // Of a stretch of all frames that begins elsewhere for each viewer.
    const number = `((u * 7919 + l) % ${videos * framesPerVideo})`;
    await copyRows(
      this.client,
      "liked_image",
      {
        ...{ id: "md5('like ' || u || ' ' || l)::uuid", user_id: "'viewer ' || u" },
        image_hash: hashOf(`${number} / ${framesPerVideo}`, `${number} % ${framesPerVideo}`),
        liked_at: "now() - l * interval '1 minute'",
      },
      `(SELECT * FROM liked_image WHERE user_id = '${TEMPLATE.viewer}' LIMIT 1) t CROSS JOIN ${viewers}
         CROSS JOIN generate_series(0, ${LIKES - 1}) AS l`,
    );
  }

  async #addDecisions(
    before: CatalogueSize["decided"],
    decided: CatalogueSize["decided"],
    videos: number,
  ): Promise<void> {
    if (decided.videosEach > videos) throw new RangeError("There are not so many videos.");
    const { framesPerVideo } = this.#size;
    const isThere = `u < ${before.viewers} AND v < ${before.videosEach}`;
    await copyRows(
      this.client,
      "cover_decision",
      {
        ...{ id: "gen_random_uuid()", user_id: "'viewer ' || u", video_id: "'video ' || v" },
        ...{ history_version: String(LIKES), frame_id: "(framed.ids)[1]", candidate_ids: "framed.ids" },
        interest_weights: `array_fill(0.5::float8, ARRAY[${framesPerVideo}])`,
        ...{ probabilities: `array_fill(${1 / framesPerVideo}::float8, ARRAY[${framesPerVideo}])` },
        ...{ probability: String(1 / framesPerVideo), decided_at: "now()" },
      },
      `(SELECT * FROM cover_decision WHERE user_id = '${TEMPLATE.viewer}' LIMIT 1) t
         CROSS JOIN (SELECT v, array_agg(${FRAME_ID} ORDER BY k) AS ids
                       FROM generate_series(0, ${decided.videosEach - 1}) AS v
                      CROSS JOIN generate_series(0, ${framesPerVideo - 1}) AS k GROUP BY v) framed
         CROSS JOIN generate_series(0, ${decided.viewers - 1}) AS u WHERE NOT (${isThere})`,
    );
  }
}

const IMAGE_BYTES = bytesOf("v", "k");
const IMAGE_HASH = hashOf("v", "k");
const FRAME_ID = "md5('frame ' || v || ' ' || k)::uuid";
const PLACE = "row_number() OVER (ORDER BY c.frame_index) - 1 AS place, count(*) OVER () AS places";

/** A few bytes stand for a picture, so that two hundred thousand of them fit on a laptop; nothing that is measured reads them. */
function bytesOf(video: string, frame: string): string {
  return `convert_to('picture ' || (${video}) || ' ' || (${frame}), 'UTF8')`;
}

function hashOf(video: string, frame: string): string {
  return `encode(sha256(${bytesOf(video, frame)}), 'hex')`;
}

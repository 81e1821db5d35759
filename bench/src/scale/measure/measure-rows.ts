import type pg from "pg";
import type { Stage } from "../../service/stage.js";
import type { MeasuredCosts } from "./measured-costs.js";

/** Tables as the inputs name their rows. */
const TABLES = {
  "decision-row": "cover_decision",
  "feature-row": "feature",
  "frame-row": "candidate_frame",
  "image-row": "image",
  "like-row": "liked_image",
  "viewer-row": "viewer",
  "video-row": "video",
} as const;

/** Bytes on disk of the pictures that an ingest stored, before the catalogue's stand-ins are put beside them. */
export async function measurePicture(client: pg.Client): Promise<MeasuredCosts> {
  const { rows } = await client.query<{ bytes: string; vector: string }>(
    `SELECT avg(octet_length(bytes)) AS bytes, avg(octet_length(vector)) AS vector
       FROM image JOIN candidate_frame ON candidate_frame.image_hash = image.hash JOIN feature ON feature.image_hash = image.hash`,
  );
  return { "frame-picture": Number(rows[0]?.bytes), "feature-vector": Number(rows[0]?.vector) };
}

/** Bytes of a row of each table with its indexes and what is out of line. An image row is that of a stand-in of some twenty bytes. */
export async function measureRows({ host: { client } }: Stage): Promise<MeasuredCosts> {
  const sizes: Record<string, number> = {};
  for (const [name, table] of Object.entries(TABLES)) {
    const { rows } = await client.query<{ bytes: string }>(
      `SELECT pg_total_relation_size($1::regclass)::float8 / (SELECT count(*) FROM ${table}) AS bytes`,
      [table],
    );
    sizes[name] = Number(rows[0]?.bytes);
  }
  return sizes;
}

import type { Prisma } from "../generated/prisma/client.js";
import { packFeature } from "./feature-bytes.js";

export interface NewFeature {
  readonly imageHash: string;
  readonly feature: Float32Array;
}

/**
 * All features in one statement; those that are there already stay as they are. In one order for everyone: two calls that
 * write the same rows in different orders would wait for each other.
 */
export async function insertFeatures(
  database: Pick<Prisma.TransactionClient, "$executeRaw">,
  encoderVersion: string,
  made: readonly NewFeature[],
): Promise<void> {
  if (made.length === 0) return;
  const hashes = made.map(({ imageHash }) => imageHash);
  // As text: a driver that writes lists of bytes does so in hexadecimal digits, which take more.
  const vectors = made.map(({ feature }) => Buffer.from(packFeature(feature)).toString("base64"));
  await database.$executeRaw`
    INSERT INTO feature (image_hash, encoder_version, vector)
    SELECT image_hash, ${encoderVersion}, decode(vector, 'base64')
      FROM unnest(${hashes}::text[], ${vectors}::text[]) AS made (image_hash, vector)
      ORDER BY image_hash
        ON CONFLICT DO NOTHING`;
}

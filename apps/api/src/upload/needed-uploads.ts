import type { Prisma } from "../generated/prisma/client.js";

/** Which of some uploads something still needs: a video, a source that is to replace another, likes to be imported. */
export async function findNeededUploads(
  transaction: Prisma.TransactionClient,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const among = { in: [...ids] };
  const ofSource = { where: { sourceKind: "UPLOAD", sourceRef: among }, select: { sourceRef: true } } as const;
  const [videos, replacements, imports] = await Promise.all([
    transaction.video.findMany(ofSource),
    transaction.sourceReplacement.findMany(ofSource),
    transaction.likeImport.findMany({
      where: { uploadId: among, status: { in: ["QUEUED", "RUNNING"] } },
      select: { uploadId: true },
    }),
  ]);
  const sources = [...videos, ...replacements].map(({ sourceRef }) => sourceRef);
  return new Set([...sources, ...imports.map(({ uploadId }) => uploadId)]);
}

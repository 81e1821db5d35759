import type { PrismaClient } from "../generated/prisma/client.js";
import type { UploadStore } from "./upload-store.js";

/** Which of some uploads something still needs: a video, a source that is to replace another, likes to be imported. */
export async function findNeededUploads(prisma: PrismaClient, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const among = { in: [...ids] };
  const ofSource = { where: { sourceKind: "UPLOAD", sourceRef: among }, select: { sourceRef: true } } as const;
  const [videos, replacements, imports] = await Promise.all([
    prisma.video.findMany(ofSource),
    prisma.sourceReplacement.findMany(ofSource),
    prisma.likeImport.findMany({
      where: { uploadId: among, status: { in: ["QUEUED", "RUNNING"] } },
      select: { uploadId: true },
    }),
  ]);
  const sources = [...videos, ...replacements].map(({ sourceRef }) => sourceRef);
  return new Set([...sources, ...imports.map(({ uploadId }) => uploadId)]);
}

/** Removes uploads that have served their purpose, unless something else needs them too. */
export async function removeUnneededUploads(
  prisma: PrismaClient,
  uploads: Pick<UploadStore, "remove">,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const needed = await findNeededUploads(prisma, ids);
  await Promise.all([...new Set(ids)].filter((id) => !needed.has(id)).map((id) => uploads.remove(id)));
}

import type { LikeImport, LikeImportLine, PrismaClient } from "../generated/prisma/client.js";
import type { ImportLikesInput } from "../generated/resolver-types.js";
import { isUuid } from "../graphql/is-uuid.js";
import { InputError, settleInput, type Outcome } from "../graphql/user-errors.js";
import { holdUpload } from "../upload/upload-holds.js";
import type { UploadStore } from "../upload/upload-store.js";
import type { LikeImportQueue } from "./like-import-job.js";

/** Which lines of a report are asked for: `first` of them, behind the line `after`. */
export interface ReportRequest {
  readonly first: number;
  readonly after: number;
  readonly refusedOnly: boolean;
}

/** Imports of likes: asked for, found, reported on. */
export class LikeImportService {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly queue: Pick<LikeImportQueue, "enqueue">,
    private readonly uploads: Pick<UploadStore, "find" | "isWhole">,
  ) {}

  /** The same upload is the same import, however often it is asked for: also when its file is gone, for the import has ended. */
  start({ uploadId }: ImportLikesInput): Promise<Outcome<LikeImport>> {
    return settleInput(async () => {
      const started = isUuid(uploadId) ? await this.prisma.likeImport.findUnique({ where: { uploadId } }) : null;
      if (started !== null) return started;
      const upload = await this.uploads.find(uploadId);
      const missing = new InputError("UPLOAD_NOT_FOUND", "uploadId", "No upload has this id.");
      if (upload === undefined) throw missing;
      return this.prisma.$transaction(async (transaction) => {
        if (!(await holdUpload(transaction, this.uploads, upload.id))) throw missing;
        const data = { uploadId: upload.id, totalBytes: upload.sizeBytes };
        const { count } = await transaction.likeImport.createMany({ data, skipDuplicates: true });
        const likeImport = await transaction.likeImport.findUniqueOrThrow({ where: { uploadId: upload.id } });
        if (count === 1) await this.queue.enqueue(transaction, { importId: likeImport.id });
        return likeImport;
      });
    });
  }

  async find(id: string): Promise<LikeImport | null> {
    return isUuid(id) ? this.prisma.likeImport.findUnique({ where: { id } }) : null;
  }

  /** By line; one more than asked for where there are more. */
  report(importId: string, { first, after, refusedOnly }: ReportRequest): Promise<LikeImportLine[]> {
    return this.prisma.likeImportLine.findMany({
      where: { importId, line: { gt: after }, ...(refusedOnly && { code: { not: null } }) },
      orderBy: { line: "asc" },
      take: first + 1,
    });
  }
}

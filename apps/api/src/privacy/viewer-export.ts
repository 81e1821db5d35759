import { parseImageHash, type UserId } from "@facet/domain";
import { hashUserId } from "../audit/hash-user-id.js";
import { recordAct } from "../audit/record-act.js";
import type { PrismaClient, Viewer } from "../generated/prisma/client.js";
import type { ImageStore } from "../image/image-store.js";
import type { Caller } from "../keys/index.js";
import { float32Bytes, unpackFeature } from "../image/feature-bytes.js";
import { lockViewer } from "../liked-image/lock-viewer.js";
import { writeJsonObject } from "./write-json.js";

/** Rows in memory at once; of pictures there is one at a time, for each may be of 10 MB. */
const PAGE = 200;

/** How much is kept of a viewer. */
export interface ViewerExportSize {
  readonly likedImages: number;
  readonly decisions: number;
}

/** All that is kept of a viewer, handed out piece by piece so that its size does not matter. */
export class ViewerExport {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly images: Pick<ImageStore, "read">,
  ) {}

  /** Undefined where nothing is kept. */
  async measure(userId: UserId): Promise<ViewerExportSize | undefined> {
    const select = { _count: { select: { likes: true, decisions: true } } };
    const viewer = await this.prisma.viewer.findUnique({ where: { id: userId }, select });
    return viewer === null ? undefined : { likedImages: viewer._count.likes, decisions: viewer._count.decisions };
  }

  /**
   * Writes into the audit that it is handed out, and gives it as pieces of one JSON document. Undefined where nothing is
   * kept.
   */
  async open(caller: Caller, userId: UserId): Promise<AsyncIterable<string> | undefined> {
    const viewer = await this.prisma.$transaction(async (transaction) => {
      // Who deletes the viewer in between takes its id out of the events before this one is among them.
      await lockViewer(transaction, userId);
      const viewer = await transaction.viewer.findUnique({ where: { id: userId } });
      if (viewer === null) return undefined;
      await recordAct(transaction, caller, { action: "EXPORT_VIEWER", userId, before: {}, after: {} });
      return viewer;
    });
    return viewer && this.#write(viewer);
  }

  #write({ id, historyVersion, optedOut, createdAt }: Viewer): AsyncIterable<string> {
    return writeJsonObject({
      exportedAt: new Date(),
      viewer: { id, historyVersion, optedOut, createdAt },
      likedImages: this.#readLikes(id),
      decisions: this.#readDecisions(id),
      auditEvents: this.#readEvents(id),
    });
  }

  async *#readLikes(userId: string): AsyncGenerator<object> {
    const image = { select: { sizeBytes: true, features: { select: { encoderVersion: true, vector: true } } } };
    for await (const { id, imageHash, sourceKind, likedAt, recordedAt, image: stored } of readInPages((behind) =>
      this.prisma.likedImage.findMany({ where: { userId, ...behind }, ...IN_ORDER, include: { image } }),
    )) {
      const picture = await this.images.read(parseImageHash(imageHash));
      // Removed since the page was read.
      if (picture === undefined) continue;
      const { mime, width, height, bytes } = picture;
      const features = stored.features.map(({ encoderVersion, vector }) => ({
        encoderVersion,
        float32: toBase64(float32Bytes(unpackFeature(vector))),
      }));
      yield {
        ...{ id, likedAt, recordedAt, source: sourceKind },
        image: { sha256: imageHash, mime, width, height, sizeBytes: stored.sizeBytes, base64: toBase64(bytes) },
        features,
      };
    }
  }

  async *#readDecisions(userId: string): AsyncGenerator<object> {
    yield* readInPages((behind) =>
      this.prisma.coverDecision.findMany({ where: { userId, ...behind }, ...IN_ORDER, omit: { userId: true } }),
    );
  }

  async *#readEvents(userId: string): AsyncGenerator<object> {
    const userHash = hashUserId(userId);
    for await (const { id, at, action, keyName, before, after } of readInPages((behind) =>
      this.prisma.auditEvent.findMany({ where: { userHash, ...behind }, ...IN_ORDER }),
    )) {
      yield { id, at, action, keyName, before, after };
    }
  }
}

const IN_ORDER = { orderBy: { id: "asc" }, take: PAGE } as const;

/** Rows by id, page after page. */
async function* readInPages<Row extends { readonly id: string }>(
  readPage: (behind: { readonly id?: { readonly gt: string } }) => Promise<Row[]>,
): AsyncGenerator<Row> {
  let rows = await readPage({});
  for (;;) {
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    rows = await readPage({ id: { gt: last.id } });
  }
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { DEFAULT_PICTURE_LIMITS } from "@facet/frame-extraction";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RemoteFiles } from "../remote-file/index.js";
import { UploadStore } from "../upload/upload-store.js";
import { readLikedPicture } from "./liked-image-source.js";

const { maxBytes } = DEFAULT_PICTURE_LIMITS;
let folder: string;
let uploads: UploadStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-liked-"));
  uploads = await UploadStore.open(folder, 2 * maxBytes);
});
afterEach(() => rm(folder, { recursive: true }));

const receive = async (bytes: Buffer) => (await uploads.receive(Readable.from([bytes]), "image/jpeg", bytes.length)).id;

const readUpload = (uploadId: string) =>
  readLikedPicture({ uploadId }, { uploads, remoteFiles: new RemoteFiles([]), findFrameImage: () => undefined });

test("an upload that another call removes between two looks at it is not found, and no failure of the service", async () => {
  const uploadId = await receive(Buffer.from("hello"));
  const find = uploads.find.bind(uploads);
  uploads.find = async (id) => {
    const upload = await find(id);
    await uploads.remove(id);
    return upload;
  };
  await expect(readUpload(uploadId)).rejects.toMatchObject({ code: "UPLOAD_NOT_FOUND", field: "source.uploadId" });
});

test("an upload that is larger than a picture may be is refused before it is in memory", async () => {
  const [fits, larger] = [await receive(Buffer.alloc(maxBytes)), await receive(Buffer.alloc(maxBytes + 1))];
  const read = vi.spyOn(uploads, "read");
  expect(await readUpload(fits)).toMatchObject({ kind: "bytes", sourceKind: "UPLOAD" });
  await expect(readUpload(larger)).rejects.toMatchObject({ code: "LIMIT_EXCEEDED", field: "source.uploadId" });
  expect(read.mock.calls).toEqual([[fits]]);
});

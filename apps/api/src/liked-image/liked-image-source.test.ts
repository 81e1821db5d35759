import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { RemoteFiles } from "../remote-file/index.js";
import { UploadStore } from "../upload/upload-store.js";
import { readLikedPicture } from "./liked-image-source.js";

test("an upload that another call removes between two looks at it is not found, and no failure of the service", async () => {
  const folder = await mkdtemp(join(tmpdir(), "facet-liked-"));
  try {
    const uploads = await UploadStore.open(folder, 10);
    const { id: uploadId } = await uploads.receive(Readable.from([Buffer.from("hello")]), "image/jpeg", 5);
    const find = uploads.find.bind(uploads);
    uploads.find = async (id) => {
      const upload = await find(id);
      await uploads.remove(id);
      return upload;
    };
    const doors = { uploads, remoteFiles: new RemoteFiles([]), findFrameImage: () => undefined };
    const reading = readLikedPicture({ uploadId }, doors);
    await expect(reading).rejects.toMatchObject({ code: "UPLOAD_NOT_FOUND", field: "source.uploadId" });
  } finally {
    await rm(folder, { recursive: true });
  }
});

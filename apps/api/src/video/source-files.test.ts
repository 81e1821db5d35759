import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { InputError } from "../graphql/user-errors.js";
import { SourceFiles, type SourceFileParts } from "./source-files.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-sources-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("an upload whose file is gone is told from one that is there", async () => {
  const uploads = { pathOf: (id: string) => join(folder, id) };
  const parts = { uploads, folder: join(folder, "fetched"), maxBytes: 1 } as unknown as SourceFileParts;
  const files = await SourceFiles.open(parts);
  const open = (sourceRef: string) =>
    files.open({ sourceKind: "UPLOAD", sourceRef, sourceHash: null }, { signal: new AbortController().signal });
  await writeFile(join(folder, "there"), "bytes");
  expect((await open("there")).path).toBe(join(folder, "there"));
  await expect(open("gone")).rejects.toBeInstanceOf(InputError);
  await expect(open("gone")).rejects.toMatchObject({ code: "UPLOAD_NOT_FOUND" });
});

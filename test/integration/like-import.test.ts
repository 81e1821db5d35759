import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { leavingDatabaseAsItWas } from "./database-fingerprint.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";

// Waits for the queue.
vi.setConfig({ testTimeout: 180_000 });

let service: TestService;
const client = () => service.client;
const ABSENT = "00000000-0000-7000-8000-000000000000";

beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

interface Report {
  readonly nodes: readonly { line: number; userError: { code: string; field: string | null } | null }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
interface Import {
  readonly id: string;
  readonly status: string;
  readonly progress: number;
  readonly accepted: number;
  readonly refused: number;
  readonly failure: { readonly code: string } | null;
  readonly report: Report;
}

const IMPORT = `mutation Import($input: ImportLikesInput!) {
  importLikes(input: $input) { likeImport { id } userErrors { code field } }
}`;
const STATE = `query State($id: ID!, $after: String) {
  likeImport(id: $id) {
    id status progress accepted refused failure { code }
    report(first: 4, after: $after) { nodes { line userError { code field } } pageInfo { hasNextPage endCursor } }
  }
}`;

const upload = (file: string): Promise<string> => client().upload(Buffer.from(file), "application/jsonl");

async function start(uploadId: string): Promise<string> {
  interface Data {
    readonly importLikes: { likeImport: { id: string } | null; userErrors: readonly unknown[] };
  }
  const { importLikes } = await client().get<Data>(IMPORT, { input: { uploadId } });
  expect(importLikes.userErrors).toEqual([]);
  const { importLikes: again } = await client().get<Data>(IMPORT, { input: { uploadId } });
  expect(again).toEqual(importLikes);
  return importLikes.likeImport?.id ?? "";
}

async function read(id: string, after: string | null = null): Promise<Import> {
  return (await client().get<{ likeImport: Import }>(STATE, { id, after })).likeImport;
}

async function untilEnded(id: string): Promise<Import> {
  for (;;) {
    const found = await read(id);
    if (found.status === "DONE" || found.status === "FAILED") return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function base64(number: number): Promise<string> {
  const background = { r: (number * 37) % 256, g: (number * 91) % 256, b: number };
  const picture = await sharp({ create: { width: 16, height: 16, channels: 3, background } })
    .png()
    .toBuffer();
  return picture.toString("base64");
}

const uploadFolder = () => join(service.dataDir, "uploads");

/** Copies an upload, to put it back when it was removed. */
async function setAside(uploadId: string) {
  const aside = join(service.dataDir, "aside");
  await mkdir(aside);
  const copy = async (from: string, to: string): Promise<void> => {
    for (const name of [uploadId, `${uploadId}.json`]) await copyFile(join(from, name), join(to, name));
  };
  await copy(uploadFolder(), aside);
  return { putBack: () => copy(aside, uploadFolder()) };
}

/** An import has ended a moment before its file goes. */
const untilRemoved = (uploadId: string) =>
  expect
    .poll(async () => (await readdir(uploadFolder())).filter((name) => name.startsWith(uploadId)), { timeout: 60_000 })
    .toEqual([]);

test("every line of a file is recorded or named with what is wrong of it, and none costs another", async () => {
  const lines = [
    JSON.stringify({ userId: "ann", base64: await base64(1), likedAt: "2026-01-02T00:00:00Z" }),
    "no JSON",
    "",
    JSON.stringify({ userId: "", base64: await base64(1) }),
    JSON.stringify({ userId: "ann", base64: await base64(2), likedAt: "2026-01-03T00:00:00+01:00" }),
    JSON.stringify({ userId: "ann", base64: await base64(1), frameId: ABSENT }),
    JSON.stringify({ userId: "ann", base64: "AAAA" }),
    JSON.stringify({ userId: "ann", frameId: ABSENT }),
    JSON.stringify({ userId: "ann", url: "https://nowhere.example/a.png" }),
    JSON.stringify({ userId: "ann", base64: await base64(3), likedAt: "yesterday" }),
    JSON.stringify({ userId: "bob", base64: await base64(1), extra: 1 }),
    JSON.stringify({ userId: "bob", base64: await base64(1) }),
  ];
  const id = await start(await upload(lines.join("\r\n")));
  const ended = await untilEnded(id);
  expect(ended).toMatchObject({ status: "DONE", progress: 1, accepted: 3, refused: 8, failure: null });
  const nodes = [...ended.report.nodes];
  for (let { pageInfo } = ended.report; pageInfo.hasNextPage;) {
    const next = (await read(id, pageInfo.endCursor)).report;
    nodes.push(...next.nodes);
    pageInfo = next.pageInfo;
  }
  expect(nodes.map(({ line, userError }) => [line, userError && [userError.code, userError.field]])).toEqual([
    [1, null],
    [2, ["INVALID_LINE", null]],
    [4, ["INVALID_ID", "userId"]],
    [5, null],
    [6, ["INVALID_LINE", null]],
    [7, ["INVALID_IMAGE", "base64"]],
    [8, ["FRAME_NOT_FOUND", "frameId"]],
    [9, ["URL_NOT_ALLOWED", "url"]],
    [10, ["INVALID_LINE", "likedAt"]],
    [11, ["INVALID_LINE", null]],
    [12, null],
  ]);
  const likes = await service.prisma.likedImage.findMany({ where: { userId: "ann" }, orderBy: { likedAt: "asc" } });
  expect(likes.map((like) => like.likedAt.toISOString())).toEqual([
    "2026-01-02T00:00:00.000Z",
    "2026-01-02T23:00:00.000Z",
  ]);
});

test("whoever takes an import over goes on behind what was written, and records nothing twice", async () => {
  const lines = [];
  for (let line = 0; line < 250; line++) {
    const likedAt = new Date(Date.UTC(2026, 0, 1, 0, line)).toISOString();
    lines.push(JSON.stringify({ userId: `viewer-${line % 3}`, base64: await base64(10 + (line % 5)), likedAt }));
  }
  const uploadId = await upload(lines.join("\n"));
  const kept = await setAside(uploadId);
  const id = await start(uploadId);
  await untilEnded(id);
  await untilRemoved(uploadId);
  const versions = await service.prisma.viewer.findMany({
    where: { id: { startsWith: "viewer-" } },
    orderBy: { id: "asc" },
  });

  // As a worker leaves it that was killed behind the second batch.
  const doneBytes = Buffer.byteLength(`${lines.slice(0, 200).join("\n")}\n`);
  const behind = { doneBytes, seenLines: 200, doneLines: 200, accepted: 200, refused: 0 };
  await service.prisma.likeImportLine.deleteMany({ where: { importId: id, line: { gt: 200 } } });
  await kept.putBack();
  await service.prisma.likeImport.update({ where: { id }, data: { status: "RUNNING", finishedAt: null, ...behind } });
  await service.prisma.$executeRaw`
    INSERT INTO pgboss.job (name, data) VALUES ('import-likes', ${JSON.stringify({ importId: id })}::jsonb)`;
  expect(await untilEnded(id)).toMatchObject({ status: "DONE", accepted: 250, refused: 0 });
  expect(await service.prisma.likeImportLine.count({ where: { importId: id } })).toBe(250);
  // The likes of the third batch were there already: nothing was new, so no history is of another version.
  expect(
    await service.prisma.viewer.findMany({ where: { id: { startsWith: "viewer-" } }, orderBy: { id: "asc" } }),
  ).toEqual(versions);
});

test("a file is removed when its import has ended, and is the same import when it is asked for again", async () => {
  const recorded = await upload(JSON.stringify({ userId: "dora", base64: await base64(7) }));
  const unreadable = await upload("no JSON");
  for (const uploadId of [recorded, unreadable]) {
    const id = await start(uploadId);
    expect(await untilEnded(id)).toMatchObject({ status: "DONE" });
    await untilRemoved(uploadId);
    expect(await start(uploadId)).toBe(id);
  }
});

test("a file of too many lines is refused before any is recorded", async () => {
  const line = JSON.stringify({ userId: "nobody", frameId: ABSENT });
  const uploadId = await upload(`${line}\n`.repeat(100_001));
  const ended = await untilEnded(await start(uploadId));
  expect(ended).toMatchObject({ status: "FAILED", accepted: 0, refused: 0, failure: { code: "LIMIT_EXCEEDED" } });
  await untilRemoved(uploadId);
});

test.each([[{ uploadId: ABSENT }], [{ uploadId: "../x" }], [{ uploadId: "" }]])("%j is no upload", async (input) => {
  const answer = await leavingDatabaseAsItWas(service, () => client().get(IMPORT, { input }));
  expect(answer).toEqual({
    importLikes: { likeImport: null, userErrors: [{ code: "UPLOAD_NOT_FOUND", field: "uploadId" }] },
  });
});

test("a cursor of another list is the caller's mistake", async () => {
  const id = await start(await upload(JSON.stringify({ userId: "eva", base64: await base64(8) })));
  await untilEnded(id);
  const after = Buffer.from(JSON.stringify([Date.now(), "a-video"])).toString("base64url");
  for (const cursor of [after, (await read(id)).report.pageInfo.endCursor?.slice(0, -2) ?? ""]) {
    await expect(read(id, cursor)).rejects.toThrow("BAD_USER_INPUT");
  }
});

test("an import that is not there is null, and one needs a key", async () => {
  expect(await client().get(STATE, { id: ABSENT })).toEqual({ likeImport: null });
  expect(await client().get(STATE, { id: "x" })).toEqual({ likeImport: null });
  const { errors } = await client()
    .withKey(undefined)
    .ask(IMPORT, { input: { uploadId: ABSENT } });
  expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
});

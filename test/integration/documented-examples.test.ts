import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { registerVideo, untilIngested } from "./facet-calls.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { makePhotoClip, photoPart } from "./material.fixture.js";

// Takes a video in.
vi.setConfig({ testTimeout: 180_000 });

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

interface Example {
  readonly name: string;
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a page that ask the service at FACET_URL. */
async function readExamples(page: string): Promise<Example[]> {
  const text = await readFile(join(root, page), "utf8");
  const blocks = [...text.matchAll(/^```(sh|ts)\n(.*?)^```$/gms)];
  const examples = blocks.map(([, language = "", code = ""], index) => ({
    ...{ name: `${page} ${language} ${index + 1}`, language, text: code },
  }));
  return examples.filter((example) => example.text.includes("FACET_URL"));
}

const examples = [...(await readExamples("packages/client/README.md")), ...(await readExamples("docs/api.md"))];

let service: TestService;
let folder: string;
/** Inside of the repository, so that packages are found. */
let scripts: string;

beforeAll(async () => {
  service = await startTestService();
  folder = await mkdtemp(join(tmpdir(), "facet-examples-"));
  scripts = join(root, "node_modules/.cache/facet-examples");
  await mkdir(scripts, { recursive: true });
  const film = await makePhotoClip("black-canyon", "nagasaki-boats");
  await writeFile(join(folder, "film.mp4"), film);
  await writeFile(join(folder, "liked.jpg"), await photoPart("nagasaki-boats", "left"));
  const uploadId = await service.client.upload(film, "video/mp4");
  await registerVideo(service.client, { id: "film", title: "A film", source: { uploadId } });
  expect(await untilIngested(service.client, "film")).toMatchObject({ status: "READY" });
});
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
  await rm(scripts, { recursive: true });
});

async function runExample({ language, text }: Example): Promise<string> {
  const env = { ...process.env, FACET_URL: service.address, FACET_KEY: "an-admin-key-for-tests" };
  if (language === "sh") {
    return (await run("bash", ["-euo", "pipefail", "-c", text], { cwd: folder, env })).stdout;
  }
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
  });
  const file = join(scripts, `${randomUUID()}.mjs`);
  await writeFile(file, outputText);
  return (await run(process.execPath, [file], { cwd: folder, env })).stdout;
}

/** What a compiler as strict as can be says of an example. */
async function typeErrors({ text }: Example): Promise<string[]> {
  const file = join(scripts, `${randomUUID()}.mts`);
  await writeFile(file, text);
  const program = ts.createProgram([file], {
    ...{ module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2023, types: ["node"] },
    ...{ strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true },
    ...{ noEmit: true, skipLibCheck: true },
  });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

describe("an example of the documentation runs:", () => {
  test.each(examples)("$name", async (example) => {
    const said = await runExample(example);
    expect(said.trim()).not.toBe("");
    expect(said).not.toContain('"errors"');
    expect(said).not.toContain("UNAUTHENTICATED");
  });

  test.each(examples.filter(({ language }) => language === "ts"))("$name, and its types hold", async (example) => {
    expect(await typeErrors(example)).toEqual([]);
  });

  test("there are some in each language", () => {
    expect(new Set(examples.map((example) => example.language))).toEqual(new Set(["sh", "ts"]));
  });
});

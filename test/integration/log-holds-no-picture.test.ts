import { afterAll, beforeAll, expect, test } from "vitest";
import { makeLog } from "../../apps/api/src/log.js";
import type { Models } from "../../apps/api/src/check-models.js";
import { recordLikedImage } from "./facet-calls.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { photoPart } from "./material.fixture.js";
import { mutationOf } from "./mutation.fixture.js";

let service: TestService;
let picture: Buffer;
let logged = "";
/** What the encoder throws at liked images; undefined lets it work. */
let failure: Error | undefined;
const client = () => service.client;

beforeAll(async () => {
  const log = makeLog("trace", { write: (line: string) => void (logged += line) });
  const wrap = ({ encoder, scorer }: Models): Models => ({
    scorer,
    encoder: {
      ...{ engine: encoder.engine, version: encoder.version, width: encoder.width, imageBytes: encoder.imageBytes },
      firstConvolutionUnit: (images) =>
        failure === undefined ? encoder.firstConvolutionUnit(images) : Promise.reject(failure),
      secondConvolutionUnit: (frames) => encoder.secondConvolutionUnit(frames),
      dispose: () => encoder.dispose(),
    },
  });
  service = await startTestService({}, wrap, {}, log);
  picture = await photoPart("black-canyon", "left");
});
afterAll(() => service.close());

const LIKE = mutationOf("recordLikedImage");

test("the log holds no liked image, no base64 and no key, whatever becomes of them", async () => {
  const base64 = picture.toString("base64");
  const uploadId = await client().upload(picture, "image/jpeg");
  const like = (userId: string, source: object) => recordLikedImage(client(), { userId, source });
  // Taken.
  expect((await like("ann", { base64 })).userErrors).toEqual([]);
  expect((await like("ann", { uploadId })).userErrors).toEqual([]);
  // Refused by us: cut short, not base64, too many bytes.
  for (const bad of [base64.slice(0, 4000), `${base64}%`, base64.repeat(Math.ceil(14_000_000 / base64.length))]) {
    expect((await like("ann", { base64: bad })).userErrors).not.toEqual([]);
  }
  // Refused by the schema: the wrong type, a second source.
  for (const source of [{ base64: [base64] }, { base64, uploadId }]) {
    expect((await client().ask(LIKE, { input: { userId: "ann", source } })).errors).toBeDefined();
  }
  // Broken inside, by an error that tells all it knows.
  failure = Object.assign(new Error(`cannot encode ${base64}`), { image: base64, bytes: picture });
  const other = (await photoPart("dust-bowl-home", "left")).toString("base64");
  const { errors } = await client().ask(LIKE, { input: { userId: "ann", source: { base64: other } } });
  expect(errors?.[0]?.extensions.code).toBe("INTERNAL_SERVER_ERROR");
  // Broken in the database, which tells of rows that it refuses.
  failure = undefined;
  await service.prisma.$executeRaw`ALTER TABLE image ADD CONSTRAINT no_more CHECK (size_bytes < 0) NOT VALID`;
  await client().ask(LIKE, { input: { userId: "ann", source: { base64: other } } });
  await service.prisma.$executeRaw`ALTER TABLE image DROP CONSTRAINT no_more`;

  expect(logged).toContain("a GraphQL request failed");
  expect(logged.length).toBeLessThan(100_000);
  expect(logged).not.toMatch(/[A-Za-z0-9+/]{100,}/);
  expect(logged).not.toMatch(/(\d{1,3}, ?){16,}/);
  for (const bytes of [picture, Buffer.from(other, "base64")]) {
    for (let start = 0; start + 60 < bytes.length; start += 997) {
      // Of any alignment in base64.
      for (const at of [start, start + 1, start + 2]) {
        expect(logged).not.toContain(bytes.subarray(at, at + 30).toString("base64"));
      }
      expect(logged).not.toContain(bytes.subarray(start, start + 30).toString("hex"));
    }
  }
  expect(logged).not.toContain("an-admin-key-for-tests");
});

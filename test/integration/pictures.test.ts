import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { leavingDatabaseAsItWas } from "./database-fingerprint.fixture.js";
import { LIKE_MUTATION } from "./facet-calls.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { photoPart } from "./material.fixture.js";

const IMAGE = `query ($width: Int, $ratio: ImageRatio, $format: ImageFormat, $widths: [Int!]! = [100, 200, 800]) {
  viewer(id: "ann") { likedImages { nodes {
    image(width: $width, ratio: $ratio, format: $format) { url width height srcset(widths: $widths) }
  } } }
}`;
interface Image {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly srcset: string;
}

async function likePhoto(service: TestService): Promise<void> {
  const uploadId = await service.client.upload(await photoPart("nagasaki-boats", "left"), "image/jpeg");
  await service.client.get(LIKE_MUTATION, { input: { userId: "ann", source: { uploadId } } });
}

async function askImage(service: TestService, variables: Record<string, unknown> = {}): Promise<Image> {
  interface Data {
    readonly viewer: { readonly likedImages: { readonly nodes: readonly { readonly image: Image }[] } };
  }
  const [node] = (await service.client.get<Data>(IMAGE, variables)).viewer.likedImages.nodes;
  if (node === undefined) throw new Error("The viewer has no liked image.");
  return node.image;
}

async function fetchSize(url: string) {
  const response = await fetch(url);
  const { format, width, height } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
  return { status: response.status, type: response.headers.get("content-type"), format, width, height };
}

describe("public pictures", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
    await likePhoto(service);
  });
  afterAll(() => service.close());

  // The photo is 400 x 225.
  test.each([
    ["RATIO_16_9", "JPEG", "jpeg", 400, 225],
    ["RATIO_4_3", "WEBP", "webp", 300, 225],
    ["RATIO_1_1", "AVIF", "heif", 225, 225],
    ["RATIO_2_3", "WEBP", "webp", 150, 225],
    ["RATIO_9_16", "JPEG", "jpeg", 127, 225],
  ])("cropped to %s as %s is served as GraphQL says", async (ratio, format, known, width, height) => {
    const image = await askImage(service, { ratio, format });
    expect(image).toMatchObject({ width, height });
    const served = await fetchSize(image.url);
    expect(served).toEqual({ status: 200, type: `image/${format.toLowerCase()}`, format: known, width, height });
  });

  test("each address of a srcset serves the width that it is named with", async () => {
    const { srcset } = await askImage(service, { ratio: "RATIO_1_1", format: "WEBP" });
    const entries = srcset.split(", ").map((entry) => entry.split(" ") as [string, string]);
    expect(entries.map(([, width]) => width)).toEqual(["100w", "200w", "225w"]);
    for (const [url, width] of entries) expect(`${String((await fetchSize(url)).width)}w`).toBe(width);
  });

  test("two addresses of the same bytes have one ETag, and who has it gets 304 without them", async () => {
    const { url } = await askImage(service, { ratio: "RATIO_1_1" });
    const first = await fetch(`${url}&w=225`);
    const etag = first.headers.get("etag") ?? "";
    expect(first.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    const again = await fetch(`${url}&w=3840`, { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  test.each([["ratio=3:1"], ["ratio="], ["ratio=1:1&ratio=4:3"], ["format=png"], ["format=AVIF"], ["w=9999"]])(
    "refuses ?%s",
    async (query) => {
      const { url } = await askImage(service);
      const response = await leavingDatabaseAsItWas(service, () => fetch(`${url}?${query}`));
      expect([response.status, await response.json()]).toMatchObject([400, { error: { code: "BAD_USER_INPUT" } }]);
    },
  );

  test.each([[[]], [[15]], [[3841]], [Array.from({ length: 21 }, () => 100)]])(
    "there is no srcset of the widths %j",
    async (widths) => {
      const { errors } = await service.client.ask(IMAGE, { widths });
      expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    },
  );
});

describe("pictures with signed addresses", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ FACET_IMAGE_ACCESS: "signed", FACET_IMAGE_URL_SECONDS: "3600" });
    await likePhoto(service);
  });
  afterAll(() => service.close());

  test("are served by the address that GraphQL gives, to be kept as long as it is good, by the browser alone", async () => {
    const { url } = await askImage(service, { width: 100, ratio: "RATIO_1_1", format: "WEBP" });
    const response = await fetch(url);
    expect(response.status).toBe(200);
    const [, seconds] = /^private, max-age=(\d+), immutable$/.exec(response.headers.get("cache-control") ?? "") ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(2690);
    expect(Number(seconds)).toBeLessThanOrEqual(3600);
  });

  test("the secret is made, and kept for the next start", async () => {
    expect(await service.prisma.serviceSecret.count()).toBe(1);
  });

  test.each<[string, (url: URL) => void]>([
    ["without a signature", (url) => url.searchParams.delete("signature")],
    ["without a time", (url) => url.searchParams.delete("expires")],
    ["that nobody signed", (url) => url.searchParams.set("signature", "A".repeat(43))],
    ["of another width", (url) => url.searchParams.set("w", "101")],
    ["of another format", (url) => url.searchParams.set("format", "jpeg")],
    ["whose time was put off", (url) => url.searchParams.set("expires", "9999999999")],
    ["that has expired", (url) => url.searchParams.set("expires", "1700000000")],
    ["of another picture", (url) => (url.pathname = `/images/${"0".repeat(64)}`)],
  ])("refuse an address %s", async (_name, change) => {
    const url = new URL((await askImage(service, { width: 100, format: "WEBP" })).url);
    change(url);
    const response = await leavingDatabaseAsItWas(service, () => fetch(url));
    expect([response.status, await response.json()]).toMatchObject([403, { error: { code: "FORBIDDEN" } }]);
  });

  test("a revoked key is unknown from the next request on", async () => {
    const { ApiKeys } = await import("../../apps/api/src/keys/index.js");
    const keys = new ApiKeys(service.prisma);
    const { key } = await keys.create("web", "reader");
    const reader = service.client.withKey(key);
    expect((await reader.ask("{ videos { nodes { id } } }")).errors).toBeUndefined();
    await keys.revoke("web");
    const { errors } = await reader.ask("{ videos { nodes { id } } }");
    expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });
});

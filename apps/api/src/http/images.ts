import { parseImageHash } from "@facet/domain";
import type { FastifyInstance, FastifyReply } from "fastify";
import { TooManyEncodingsError, nameDerived, type DerivedImages } from "../image/derived-images.js";
import { planImage } from "../image/image-form.js";
import type { ImageSigner } from "../image/image-signer.js";
import type { ImageStore } from "../image/image-store.js";
import { readImageRequest, type ImageRequest } from "./image-request.js";
import { sendProblem } from "./problem.js";

const YEAR_SECONDS = 31_536_000;
const RETRY_AFTER_SECONDS = 2;

export interface ImageParts {
  readonly images: ImageStore;
  readonly derivedImages: DerivedImages;
  /** Undefined where pictures are public. */
  readonly imageSigner: ImageSigner | undefined;
}

/**
 * `GET /images/<sha256>?w=&ratio=&format=`: a picture, needing no key. Public ones are to be cached for ever; where
 * addresses are signed, for as long as the address is good, and by the browser alone.
 */
export function registerImages(app: FastifyInstance, { images, derivedImages, imageSigner }: ImageParts): void {
  app.get<{ Params: { hash: string } }>("/images/:hash", async (request, reply) => {
    if (!/^[0-9a-f]{64}$/.test(request.params.hash)) {
      return refuse(reply, "An image is named by 64 lower-case hex digits.");
    }
    const hash = parseImageHash(request.params.hash);
    const asked = readImageRequest(request.query);
    if (asked.kind === "refused") return refuse(reply, asked.message);
    const seconds = secondsToCache(imageSigner, hash, asked);
    if (seconds === undefined) {
      const message = "The address is not signed, was changed, or has expired. Ask the API for a new one.";
      return sendProblem(reply, { status: 403, code: "FORBIDDEN" }, message);
    }

    const image = await images.find(hash);
    if (image === undefined) return sendMissing(reply);
    const plan = planImage(image, asked.form);
    const etag = `"${plan.kind === "derived" ? nameDerived(hash, plan) : hash}"`;
    void reply
      .header("etag", etag)
      .header("cache-control", `${imageSigner === undefined ? "public" : "private"}, max-age=${seconds}, immutable`)
      // The bytes of a like are a stranger's: a browser must take them for nothing but a picture.
      .header("x-content-type-options", "nosniff")
      .header("content-security-policy", "default-src 'none'; sandbox");
    if (namesEtag(request.headers["if-none-match"], etag)) return reply.code(304).send();

    try {
      const bytes = plan.kind === "derived" ? await derivedImages.read(image, plan) : (await images.read(hash))?.bytes;
      if (bytes === undefined) return await sendMissing(reply);
      const mime = plan.kind === "derived" ? `image/${plan.format}` : plan.mime;
      return await reply.type(mime).send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    } catch (error) {
      if (!(error instanceof TooManyEncodingsError)) throw error;
      void uncached(reply).header("retry-after", RETRY_AFTER_SECONDS);
      return sendProblem(reply, { status: 503, code: "BUSY" }, error.message);
    }
  });
}

function refuse(reply: FastifyReply, message: string): FastifyReply {
  return sendProblem(reply, { status: 400, code: "BAD_USER_INPUT" }, message);
}

function sendMissing(reply: FastifyReply): FastifyReply {
  return sendProblem(uncached(reply), { status: 404, code: "IMAGE_NOT_FOUND" }, "No image has this hash.");
}

function uncached(reply: FastifyReply): FastifyReply {
  return reply.removeHeader("etag").header("cache-control", "no-store");
}

/** For how long the answer may be kept; undefined where the address may not be answered. */
function secondsToCache(
  signer: ImageSigner | undefined,
  hash: string,
  { form, signature }: ImageRequest & { kind: "sound" },
): number | undefined {
  if (signer === undefined) return YEAR_SECONDS;
  const left = signature === undefined ? 0 : signer.secondsLeft(hash, form, signature);
  return left > 0 ? left : undefined;
}

function namesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const names = header.split(",").map((name) => name.trim().replace(/^W\//, ""));
  return names.includes(etag) || names.includes("*");
}

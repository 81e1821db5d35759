import type { FastifyInstance } from "fastify";
import { parseImageHash } from "@facet/domain";
import { z } from "zod";
import { MAX_IMAGE_WIDTH, MIN_IMAGE_WIDTH } from "../image/image-size.js";
import type { ImageStore } from "../image/image-store.js";
import { renderImage } from "../image/render-image.js";
import { sendProblem } from "./problem.js";

const WIDTH_RULE = `w takes a whole number of ${MIN_IMAGE_WIDTH} to ${MAX_IMAGE_WIDTH}`;

const querySchema = z.object({
  w: z
    .string()
    .regex(/^\d{1,5}$/, WIDTH_RULE)
    .transform(Number)
    .pipe(z.number().min(MIN_IMAGE_WIDTH, WIDTH_RULE).max(MAX_IMAGE_WIDTH, WIDTH_RULE))
    .optional(),
  format: z.enum(["jpeg", "webp"], "format takes jpeg or webp").optional(),
});

/** `GET /images/<sha256>?w=&format=`: a picture, needing no key, to be cached for ever. */
export function registerImages(app: FastifyInstance, images: ImageStore): void {
  app.get<{ Params: { hash: string } }>("/images/:hash", async (request, reply) => {
    const query = querySchema.safeParse(request.query);
    if (!query.success) {
      const message = `${query.error.issues.map((issue) => issue.message).join("; ")}.`;
      return sendProblem(reply, { status: 400, code: "BAD_USER_INPUT" }, message);
    }
    if (!/^[0-9a-f]{64}$/.test(request.params.hash)) {
      return sendProblem(
        reply,
        { status: 400, code: "BAD_USER_INPUT" },
        "An image is named by 64 lower-case hex digits.",
      );
    }
    const hash = parseImageHash(request.params.hash);
    const { w: width, format } = query.data;
    const etag = `"${[hash, width ?? "", format ?? ""].join("-")}"`;

    const image = await images.read(hash);
    if (image === undefined) {
      return sendProblem(reply, { status: 404, code: "IMAGE_NOT_FOUND" }, "No image has this hash.");
    }
    void reply
      .header("etag", etag)
      .header("cache-control", "public, max-age=31536000, immutable")
      // The bytes of a like are a stranger's: a browser must take them for nothing but a picture.
      .header("x-content-type-options", "nosniff")
      .header("content-security-policy", "default-src 'none'; sandbox");
    if (namesEtag(request.headers["if-none-match"], etag)) return reply.code(304).send();

    const { bytes, mime } = await renderImage(image, width, format);
    return reply.type(mime).send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
}

function namesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const names = header.split(",").map((name) => name.trim().replace(/^W\//, ""));
  return names.includes(etag) || names.includes("*");
}

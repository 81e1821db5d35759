import { z } from "zod";
import { IMAGE_FORMATS, type ImageForm } from "../image/image-form.js";
import type { ImageSignature } from "../image/image-signer.js";
import { IMAGE_RATIOS, MAX_IMAGE_WIDTH, MIN_IMAGE_WIDTH, type ImageRatioName } from "../image/image-size.js";

const RATIOS = Object.keys(IMAGE_RATIOS) as ImageRatioName[];
const WIDTH_RULE = `w takes a whole number of ${MIN_IMAGE_WIDTH} to ${MAX_IMAGE_WIDTH}`;

const querySchema = z.object({
  w: z
    .string(WIDTH_RULE)
    .regex(/^\d{1,5}$/, WIDTH_RULE)
    .transform(Number)
    .pipe(z.number().min(MIN_IMAGE_WIDTH, WIDTH_RULE).max(MAX_IMAGE_WIDTH, WIDTH_RULE))
    .optional(),
  ratio: z.enum(RATIOS, `ratio takes ${RATIOS.join(", ")}`).optional(),
  format: z.enum(IMAGE_FORMATS, `format takes ${IMAGE_FORMATS.join(", ")}`).optional(),
  expires: z
    .string("expires takes a whole number")
    .regex(/^\d{1,12}$/, "expires takes a whole number")
    .transform(Number)
    .optional(),
  signature: z
    .string("signature takes 43 characters")
    .regex(/^[\w-]{43}$/, "signature takes 43 characters")
    .optional(),
});

/** What the query of a picture's address asks for. */
export type ImageRequest =
  | { readonly kind: "sound"; readonly form: ImageForm; readonly signature: ImageSignature | undefined }
  | { readonly kind: "refused"; readonly message: string };

export function readImageRequest(query: unknown): ImageRequest {
  const parsed = querySchema.safeParse(query);
  if (!parsed.success) {
    return { kind: "refused", message: `${parsed.error.issues.map((issue) => issue.message).join("; ")}.` };
  }
  const { w: width, ratio, format, expires, signature } = parsed.data;
  return {
    kind: "sound",
    form: { width, ratio, format },
    signature: expires === undefined || signature === undefined ? undefined : { expires, signature },
  };
}

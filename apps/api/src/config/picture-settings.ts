import { z } from "zod";
import { MEBIBYTE, optional, wholeNumber } from "./checks.js";
import { defineSettings } from "./define-settings.js";

/** Who may fetch pictures, and how many of the made ones are kept. */
export interface PictureSettings {
  readonly imageAccess: "public" | "signed";
  readonly imageUrlSeconds: number;
  readonly imageSecret: string | undefined;
  readonly imageCacheBytes: number;
}

export const pictureSettings = defineSettings(
  {
    FACET_IMAGE_ACCESS: {
      check: optional(z.enum(["public", "signed"], "takes public or signed").default("public")),
      about: "public, or signed: image URLs are then good for a while only.",
      shown: "public",
    },
    FACET_IMAGE_URL_SECONDS: {
      check: wholeNumber(4, 31_536_000, 86_400),
      about: "Seconds for which a signed image URL is good at most; three quarters of it at least.",
      shown: "86400 (a day)",
    },
    FACET_IMAGE_SECRET: {
      check: optional(z.string().min(32, "takes at least 32 characters").max(1024).optional()),
      about: "What image URLs are signed with. Without it, a secret is made and kept in the database.",
      shown: "made",
    },
    FACET_IMAGE_CACHE_BYTES: {
      check: wholeNumber(0, Number.MAX_SAFE_INTEGER, 1024 * MEBIBYTE),
      about: "Bytes of scaled and cropped pictures kept in the data folder; 0 keeps none.",
      shown: `${1024 * MEBIBYTE} (1 GiB)`,
    },
  },
  (values): PictureSettings => ({
    imageAccess: values.FACET_IMAGE_ACCESS,
    imageUrlSeconds: values.FACET_IMAGE_URL_SECONDS,
    imageSecret: values.FACET_IMAGE_SECRET,
    imageCacheBytes: values.FACET_IMAGE_CACHE_BYTES,
  }),
);

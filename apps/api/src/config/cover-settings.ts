import { z } from "zod";
import { ENGINES, type EngineName } from "../engine-name.js";
import { MEBIBYTE, optional, shareOrOff, text, wholeNumber } from "./checks.js";
import { defineSettings } from "./define-settings.js";

/** How covers come about: which frames, which likes, which networks, and in which time. */
export interface CoverSettings {
  readonly timeBudgetMs: number;
  /** 0..1; null keeps every frame. */
  readonly unsafeThreshold: number | null;
  /** Path of a `backbone.json`, or of its folder. */
  readonly backbone: string | undefined;
  /** Folder of a scorer. */
  readonly model: string | undefined;
  /** Undefined for the first that works here. */
  readonly engine: EngineName | undefined;
  readonly coverCacheBytes: number;
  readonly candidateCacheBytes: number;
  /** Of one viewer. */
  readonly maxLikes: number;
  /** For the likes of one call. */
  readonly likesWithinSeconds: number;
}

export const coverSettings = defineSettings(
  {
    FACET_TIME_BUDGET_MS: {
      check: wholeNumber(1, 60_000, 1000),
      about: "Milliseconds after which a cover is answered by quality instead.",
      shown: "1000",
    },
    FACET_UNSAFE_THRESHOLD: {
      check: shareOrOff(0.8),
      about: "Unsafe score (0 to 1) from which a frame is set aside; off keeps all.",
      shown: "0.8",
    },
    FACET_BACKBONE: {
      check: text,
      about: "File that describes another backbone (backbone.json), or its folder.",
      shown: "the shipped one",
    },
    FACET_MODEL: {
      check: text,
      about: "Folder of another scorer, trained on the backbone's features.",
      shown: "the shipped one",
    },
    FACET_ENGINE: {
      check: optional(z.enum(ENGINES, `takes ${ENGINES.join(", ")}`).optional()),
      about: "What runs the networks, onnx, tensorflow or wasm, and nothing else if that cannot.",
      shown: "the first that works",
    },
    FACET_COVER_CACHE_BYTES: {
      check: wholeNumber(0, Number.MAX_SAFE_INTEGER, 64 * MEBIBYTE),
      about: "Bytes of memory for decisions that were asked for lately; 0 keeps none.",
      shown: `${64 * MEBIBYTE} (64 MiB)`,
    },
    FACET_CANDIDATE_CACHE_BYTES: {
      check: wholeNumber(0, Number.MAX_SAFE_INTEGER, 64 * MEBIBYTE),
      about: "Bytes of memory for candidate frames that were scored lately, with their features; 0 keeps none.",
      shown: `${64 * MEBIBYTE} (64 MiB)`,
    },
    FACET_MAX_LIKES: {
      // What decides covers must fit.
      check: wholeNumber(50, 100_000, 5000),
      about: "Likes that are kept of a viewer; the oldest go as newer ones come.",
      shown: "5000",
    },
    FACET_LIKES_WITHIN_SECONDS: {
      check: wholeNumber(1, 3600, 60),
      about: "Seconds after which no further image of a call of recordLikedImages is begun with.",
      shown: "60",
    },
  },
  (values): CoverSettings => ({
    timeBudgetMs: values.FACET_TIME_BUDGET_MS,
    unsafeThreshold: values.FACET_UNSAFE_THRESHOLD,
    backbone: values.FACET_BACKBONE,
    model: values.FACET_MODEL,
    engine: values.FACET_ENGINE,
    coverCacheBytes: values.FACET_COVER_CACHE_BYTES,
    candidateCacheBytes: values.FACET_CANDIDATE_CACHE_BYTES,
    maxLikes: values.FACET_MAX_LIKES,
    likesWithinSeconds: values.FACET_LIKES_WITHIN_SECONDS,
  }),
);

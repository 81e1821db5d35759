import { z } from "zod";
import { FacetError } from "@facet/domain";
import { ENGINES, type EngineName } from "./engine-name.js";
import { HOST_RULE } from "./remote-file/index.js";

const MEBIBYTE = 1024 * 1024;

/** Thrown at start where the environment holds a value that cannot be used. */
export class ConfigError extends FacetError {
  readonly code = "CONFIG";
}

/** An empty variable is one that is not set: that is how Compose files and shells leave them. */
const optional = <Inner extends z.ZodType>(inner: Inner) =>
  z.preprocess((value) => (value === "" ? undefined : value), inner);

const wholeNumber = (lowest: number, highest: number, byDefault: number) =>
  optional(
    z.coerce
      .number(`takes a whole number of ${lowest} to ${highest}`)
      .int(`takes a whole number of ${lowest} to ${highest}`)
      .min(lowest, `takes at least ${lowest}`)
      .max(highest, `takes at most ${highest}`)
      .default(byDefault),
  );

const text = optional(z.string().optional());

const hosts = optional(
  z
    .string()
    .default("")
    .transform((list) =>
      list
        .toLowerCase()
        .split(/[\s,]+/)
        .filter((host) => host !== ""),
    )
    .refine((list) => list.every((host) => HOST_RULE.test(host)), {
      error: "takes hosts such as media.example, *.media.example or media.example:8443, with commas between them",
    }),
);

export const ROLES = ["api", "worker"] as const;
/** What a process does: answers callers, or ingests videos and does what else takes its time. */
export type Role = (typeof ROLES)[number];

const roles = optional(
  z
    .string()
    .default(ROLES.join(","))
    .transform((list) =>
      list
        .toLowerCase()
        .split(/[\s,]+/)
        .filter((role) => role !== ""),
    )
    .pipe(z.array(z.enum(ROLES, "takes api, worker, or both")).min(1, "takes api, worker, or both")),
);

const days = (byDefault: number) =>
  optional(
    z
      .union([z.literal("off").transform(() => null), z.coerce.number().int().min(1).max(36_500)], {
        error: "takes a whole number of 1 to 36500, or off",
      })
      .default(byDefault),
  );

/** Every variable that the service reads: how it is checked, and what `--help` says of it. */
const variables = {
  PORT: { check: wholeNumber(0, 65535, 4000), about: "Port to listen on; 0 takes a free one.", shown: "4000" },
  HOST: { check: optional(z.string().default("0.0.0.0")), about: "Address to listen on.", shown: "0.0.0.0" },
  DATABASE_URL: {
    check: optional(
      z
        .string()
        .regex(/^postgres(ql)?:\/\//, "takes an address that begins with postgresql://")
        .optional(),
    ),
    about: "Postgres 15 or newer. Without it, an embedded one in the data folder.",
    shown: "none",
  },
  FACET_DATA_DIR: {
    check: optional(z.string().default(".facet")),
    about: "Folder of uploads and of the embedded database; made where it is absent.",
    shown: ".facet",
  },
  FACET_MEDIA_ROOT: { check: text, about: "Folder under which videos may be registered by path.", shown: "none" },
  FACET_ADMIN_KEY: {
    check: optional(
      z
        .string()
        // What an HTTP header can carry.
        .regex(/^[\x21-\x7e]{16,256}$/, "takes 16 to 256 ASCII letters, digits and signs, without spaces")
        .optional(),
    ),
    about: "The first admin key. Without it, one is made at the first start and printed once.",
    shown: "made",
  },
  FACET_PUBLIC_URL: {
    check: optional(z.url({ protocol: /^https?$/, error: "takes an http or https address" }).optional()),
    about: "Address under which callers reach the service; image URLs begin with it.",
    shown: "the request's",
  },
  FACET_TIME_BUDGET_MS: {
    check: wholeNumber(1, 60_000, 1000),
    about: "Milliseconds after which a cover is answered by quality instead.",
    shown: "1000",
  },
  FACET_UNSAFE_THRESHOLD: {
    check: optional(
      z
        .union([z.literal("off").transform(() => null), z.coerce.number().min(0).max(1)], {
          error: "takes a number of 0 to 1, or off",
        })
        .default(0.8),
    ),
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
    shown: "the fastest here",
  },
  FACET_ROLES: {
    check: roles,
    about: "api, worker, or both with a comma: any number of each may run beside one DATABASE_URL.",
    shown: "api,worker",
  },
  FACET_MAX_UPLOAD_BYTES: {
    check: wholeNumber(1, Number.MAX_SAFE_INTEGER, 2048 * MEBIBYTE),
    about: "Largest upload, in bytes.",
    shown: `${2048 * MEBIBYTE} (2 GiB)`,
  },
  FACET_UPLOAD_HOURS: {
    check: wholeNumber(1, 8760, 24),
    about: "Hours after which an upload that nothing needs is removed.",
    shown: "24",
  },
  FACET_URL_HOSTS: {
    check: hosts,
    about: "Hosts that videos and pictures may be fetched from by https; *.host for all below it.",
    shown: "none",
  },
  FACET_MAX_LIKES: {
    // What decides covers must fit.
    check: wholeNumber(50, 100_000, 5000),
    about: "Likes that are kept of a viewer; the oldest go as newer ones come.",
    shown: "5000",
  },
  FACET_EXPLORER: {
    check: optional(z.enum(["on", "off"], "takes on or off").default("on")),
    about: "Whether GET /explorer serves a page to browse the API with: on or off.",
    shown: "on",
  },
  FACET_INTROSPECTION: {
    check: optional(z.enum(["on", "off"], "takes on or off").default("on")),
    about: "Whether callers may ask for the schema: on or off. The explorer page needs it.",
    shown: "on",
  },
  FACET_RATE_LIMIT: {
    check: optional(
      z
        .union([z.literal("off").transform(() => null), z.coerce.number().int().min(1).max(1_000_000_000)], {
          error: "takes a whole number of 1 to 1000000000, or off",
        })
        .default(60_000),
    ),
    about: "Requests a minute with one key, of each process; off for no limit.",
    shown: "60000",
  },
  FACET_IMAGE_ACCESS: {
    check: optional(z.enum(["public", "signed"]).default("public")),
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
  FACET_COVER_CACHE_BYTES: {
    check: wholeNumber(0, Number.MAX_SAFE_INTEGER, 64 * MEBIBYTE),
    about: "Bytes of memory for decisions that were asked for lately; 0 keeps none.",
    shown: `${64 * MEBIBYTE} (64 MiB)`,
  },
  FACET_DECISION_RETENTION_DAYS: {
    check: days(90),
    about: "Days after which a cover decision is removed, and decided anew when it is asked for; off keeps all.",
    shown: "90",
  },
  FACET_AUDIT_RETENTION_DAYS: {
    check: days(730),
    about: "Days after which an audit event is removed; off keeps all.",
    shown: "730",
  },
  FACET_LOG_LEVEL: {
    check: optional(z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info")),
    about: "fatal, error, warn, info, debug, trace or silent.",
    shown: "info",
  },
} as const;

type Variables = typeof variables;
type Values = { [Name in keyof Variables]: z.infer<Variables[Name]["check"]> };

/** What the service is told by its environment, checked. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly mediaRoot: string | undefined;
  readonly adminKey: string | undefined;
  readonly publicUrl: string | undefined;
  readonly timeBudgetMs: number;
  /** 0..1; null keeps every frame. */
  readonly unsafeThreshold: number | null;
  /** Path of a `backbone.json`, or of its folder. */
  readonly backbone: string | undefined;
  /** Folder of a scorer. */
  readonly model: string | undefined;
  /** Undefined for the fastest that works here. */
  readonly engine: EngineName | undefined;
  readonly roles: ReadonlySet<Role>;
  readonly maxUploadBytes: number;
  readonly uploadHours: number;
  /** As HOST_RULE has it; none: nothing is fetched. */
  readonly urlHosts: readonly string[];
  /** Of one viewer. */
  readonly maxLikes: number;
  readonly explorer: boolean;
  readonly introspection: boolean;
  /** With one key; null for no limit. */
  readonly requestsPerMinute: number | null;
  readonly imageAccess: "public" | "signed";
  readonly imageUrlSeconds: number;
  readonly imageSecret: string | undefined;
  readonly imageCacheBytes: number;
  readonly coverCacheBytes: number;
  /** Null for ever. */
  readonly decisionRetentionDays: number | null;
  /** Null for ever. */
  readonly auditRetentionDays: number | null;
  readonly logLevel: string;
}

/**
 * The one place that knows the names of environment variables.
 *
 * @throws ConfigError naming every variable at fault, never its value
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const shape = z.object(Object.fromEntries(Object.entries(variables).map(([name, { check }]) => [name, check])));
  const parsed = shape.safeParse(environment);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
    throw new ConfigError(`The environment cannot be used: ${problems.join("; ")}.`);
  }
  const values = parsed.data as Values;
  return {
    port: values.PORT,
    host: values.HOST,
    databaseUrl: values.DATABASE_URL,
    dataDir: values.FACET_DATA_DIR,
    mediaRoot: values.FACET_MEDIA_ROOT,
    adminKey: values.FACET_ADMIN_KEY,
    publicUrl: values.FACET_PUBLIC_URL?.replace(/\/+$/, ""),
    timeBudgetMs: values.FACET_TIME_BUDGET_MS,
    unsafeThreshold: values.FACET_UNSAFE_THRESHOLD,
    backbone: values.FACET_BACKBONE,
    model: values.FACET_MODEL,
    engine: values.FACET_ENGINE,
    roles: new Set(values.FACET_ROLES),
    maxUploadBytes: values.FACET_MAX_UPLOAD_BYTES,
    uploadHours: values.FACET_UPLOAD_HOURS,
    urlHosts: values.FACET_URL_HOSTS,
    maxLikes: values.FACET_MAX_LIKES,
    explorer: values.FACET_EXPLORER === "on",
    introspection: values.FACET_INTROSPECTION === "on",
    requestsPerMinute: values.FACET_RATE_LIMIT,
    imageAccess: values.FACET_IMAGE_ACCESS,
    imageUrlSeconds: values.FACET_IMAGE_URL_SECONDS,
    imageSecret: values.FACET_IMAGE_SECRET,
    imageCacheBytes: values.FACET_IMAGE_CACHE_BYTES,
    coverCacheBytes: values.FACET_COVER_CACHE_BYTES,
    decisionRetentionDays: values.FACET_DECISION_RETENTION_DAYS,
    auditRetentionDays: values.FACET_AUDIT_RETENTION_DAYS,
    logLevel: values.FACET_LOG_LEVEL,
  };
}

/** What `--help` prints. */
export function describeConfig(): string {
  const lines = Object.entries(variables).map(([name, { about, shown }]) => `  ${name.padEnd(24)}${about} [${shown}]`);
  return ["Facet: personal covers for videos. Environment variables, with [default]:", ...lines].join("\n");
}

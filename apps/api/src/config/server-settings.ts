import { z } from "zod";
import { listOf, onOrOff, optional, wholeNumber, wholeNumberOrOff } from "./checks.js";
import { defineSettings } from "./define-settings.js";

export const ROLES = ["api", "worker"] as const;
const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
const NAMED_LEVELS = `${LOG_LEVELS.slice(0, -1).join(", ")} or ${LOG_LEVELS.at(-1) ?? ""}`;

/** What a process does: answers callers, or ingests videos and does what else takes its time. */
export type Role = (typeof ROLES)[number];

/** Where the service is reached, and what it tells whom. */
export interface ServerSettings {
  readonly roles: ReadonlySet<Role>;
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
  readonly adminKey: string | undefined;
  /** With one key; null for no limit. */
  readonly requestsPerMinute: number | null;
  readonly explorer: boolean;
  readonly introspection: boolean;
  readonly logLevel: string;
}

export const serverSettings = defineSettings(
  {
    PORT: { check: wholeNumber(0, 65535, 4000), about: "Port to listen on; 0 takes a free one.", shown: "4000" },
    HOST: { check: optional(z.string().default("0.0.0.0")), about: "Address to listen on.", shown: "0.0.0.0" },
    FACET_ROLES: {
      check: optional(
        listOf(ROLES.join(",")).pipe(
          z.array(z.enum(ROLES, "takes api, worker, or both")).min(1, "takes api, worker, or both"),
        ),
      ),
      about: "api, worker, or both with a comma: any number of each may run beside one DATABASE_URL.",
      shown: "api,worker",
    },
    FACET_PUBLIC_URL: {
      check: optional(z.url({ protocol: /^https?$/, error: "takes an http or https address" }).optional()),
      about: "Address under which callers reach the service; image URLs begin with it.",
      shown: "the request's",
    },
    FACET_ADMIN_KEY: {
      check: optional(
        z
          .string()
          // What an HTTP header can carry.
          .regex(/^[\x21-\x7e]{16,256}$/, "takes 16 to 256 ASCII letters, digits and signs, without spaces")
          .optional(),
      ),
      about:
        "The first admin key; another value revokes the former one for good. Without it, one is made at the first " +
        "start and printed once.",
      shown: "made",
    },
    FACET_RATE_LIMIT: {
      check: wholeNumberOrOff(1_000_000_000, 60_000),
      about: "Requests a minute with one key, of each process; off for no limit.",
      shown: "60000",
    },
    FACET_EXPLORER: {
      check: onOrOff,
      about: "Whether GET /explorer serves a page to browse the API with: on or off.",
      shown: "on",
    },
    FACET_INTROSPECTION: {
      check: onOrOff,
      about: "Whether callers may ask for the schema: on or off. The explorer page needs it.",
      shown: "on",
    },
    FACET_LOG_LEVEL: {
      check: optional(z.enum(LOG_LEVELS, `takes ${NAMED_LEVELS}`).default("info")),
      about: `${NAMED_LEVELS}.`,
      shown: "info",
    },
  },
  (values): ServerSettings => ({
    roles: new Set(values.FACET_ROLES),
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.FACET_PUBLIC_URL?.replace(/\/+$/, ""),
    adminKey: values.FACET_ADMIN_KEY,
    requestsPerMinute: values.FACET_RATE_LIMIT,
    explorer: values.FACET_EXPLORER === "on",
    introspection: values.FACET_INTROSPECTION === "on",
    logLevel: values.FACET_LOG_LEVEL,
  }),
);

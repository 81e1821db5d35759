import { z } from "zod";
import { HOST_RULE } from "../remote-file/index.js";
import { listOf, MEBIBYTE, optional, text, wholeNumber } from "./checks.js";
import { defineSettings } from "./define-settings.js";

/** Where everything is kept, and where files may come from. */
export interface StorageSettings {
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly mediaRoot: string | undefined;
  readonly maxUploadBytes: number;
  readonly uploadHours: number;
  /** As HOST_RULE has it; none: nothing is fetched. */
  readonly urlHosts: readonly string[];
}

const hosts = optional(
  listOf("").refine((list) => list.every((host) => HOST_RULE.test(host)), {
    error: "takes hosts such as media.example, *.media.example or media.example:8443, with commas between them",
  }),
);

export const storageSettings = defineSettings(
  {
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
  },
  (values): StorageSettings => ({
    databaseUrl: values.DATABASE_URL,
    dataDir: values.FACET_DATA_DIR,
    mediaRoot: values.FACET_MEDIA_ROOT,
    maxUploadBytes: values.FACET_MAX_UPLOAD_BYTES,
    uploadHours: values.FACET_UPLOAD_HOURS,
    urlHosts: values.FACET_URL_HOSTS,
  }),
);

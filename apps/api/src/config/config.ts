import { FacetError } from "@facet/domain";
import { z } from "zod";
import { coverSettings, type CoverSettings } from "./cover-settings.js";
import type { ValuesOf } from "./define-settings.js";
import { pictureSettings, type PictureSettings } from "./picture-settings.js";
import { retentionSettings, type RetentionSettings } from "./retention-settings.js";
import { serverSettings, type ServerSettings } from "./server-settings.js";
import { storageSettings, type StorageSettings } from "./storage-settings.js";

/** Thrown at start where the environment holds a value that cannot be used. */
export class ConfigError extends FacetError {
  readonly code = "CONFIG";
}

/** What the service is told by its environment, checked. */
export interface Config extends ServerSettings, StorageSettings, CoverSettings, PictureSettings, RetentionSettings {}

/** Every variable that the service reads. */
const variables = {
  ...serverSettings.variables,
  ...storageSettings.variables,
  ...coverSettings.variables,
  ...pictureSettings.variables,
  ...retentionSettings.variables,
};

/**
 * The one place that knows the names of environment variables.
 *
 * @throws ConfigError naming every variable at fault, never its value
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const shape = z.object(Object.fromEntries(Object.entries(variables).map(([name, { check }]) => [name, check])));
  const parsed = shape.safeParse(environment);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
    throw new ConfigError(`The environment cannot be used: ${problems.join("; ")}.`);
  }
  const values = parsed.data as ValuesOf<typeof variables>;
  return {
    ...serverSettings.read(values),
    ...storageSettings.read(values),
    ...coverSettings.read(values),
    ...pictureSettings.read(values),
    ...retentionSettings.read(values),
  };
}

/** What `--help` prints. */
export function describeConfig(): string {
  const width = Math.max(...Object.keys(variables).map((name) => name.length)) + 2;
  const lines = Object.entries(variables).map(
    ([name, { about, shown }]) => `  ${name.padEnd(width)}${about} [${shown}]`,
  );
  return ["Facet: personal covers for videos. Environment variables, with [default]:", ...lines].join("\n");
}

import { parseArgs } from "node:util";
import { FacetError } from "@facet/domain";
import type { ApiKeyRole } from "../generated/prisma/client.js";

export const USAGE = `Keys of the API. A key is shown when it is made, and never again.

  npm run keys -- create NAME [--role reader|admin] [--json]   make a key; a reader unless told
  npm run keys -- list [--json]                                all keys, the oldest first
  npm run keys -- revoke NAME|ID [--json]                      from now on it opens nothing

A reader asks; an admin changes things too. NAME: 1 to 128 characters, never used twice.
The database is that of DATABASE_URL, or the embedded one in FACET_DATA_DIR, whether the service runs or not.`;

/** What `npm run keys` is told to do. */
export type KeyCommand =
  | { readonly kind: "help" }
  | { readonly kind: "create"; readonly name: string; readonly role: ApiKeyRole; readonly json: boolean }
  | { readonly kind: "list"; readonly json: boolean }
  | { readonly kind: "revoke"; readonly nameOrId: string; readonly json: boolean };

/** Thrown when the command line cannot be understood. */
export class KeyCommandError extends FacetError {
  readonly code = "KEY_COMMAND";
  constructor(problem: string) {
    super(`${problem}\n\n${USAGE}`);
  }
}

/** @throws KeyCommandError */
export function readKeyCommand(args: readonly string[]): KeyCommand {
  const { values, positionals } = parse(args);
  if (values.help === true) return { kind: "help" };
  const [verb = "", ...named] = positionals;
  const json = values.json === true;
  const name = (what: string): string => {
    const [only, ...others] = values.name === undefined ? named : [values.name, ...named];
    if (only === undefined || others.length > 0) throw new KeyCommandError(`${verb} takes one ${what}.`);
    return only;
  };
  if (values.role !== undefined && verb !== "create") throw new KeyCommandError("--role belongs to create.");
  switch (verb) {
    case "create":
      return { kind: "create", name: name("name"), role: readRole(values.role), json };
    case "list":
      if (named.length > 0 || values.name !== undefined) throw new KeyCommandError("list takes no name.");
      return { kind: "list", json };
    case "revoke":
      return { kind: "revoke", nameOrId: name("name or id"), json };
    default:
      throw new KeyCommandError(verb === "" ? "Say what to do." : `There is no command "${verb}".`);
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        json: { type: "boolean" },
        name: { type: "string" },
        role: { type: "string" },
      },
    });
  } catch (error) {
    throw new KeyCommandError(error instanceof Error ? error.message : String(error));
  }
}

function readRole(role: string | undefined): ApiKeyRole {
  if (role === undefined || role === "reader") return "reader";
  if (role === "admin") return "admin";
  throw new KeyCommandError(`There is no role "${role}": --role takes reader or admin.`);
}

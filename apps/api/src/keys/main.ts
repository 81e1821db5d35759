import { FacetError } from "@facet/domain";
import { readConfig } from "../config/index.js";
import { openDatabaseBeside } from "../database/index.js";
import { ApiKeys } from "./api-keys.js";
import { KeyCommandError, readKeyCommand, USAGE, type KeyCommand } from "./key-command.js";
import { showKeys } from "./show-keys.js";

/** Makes, lists and revokes keys, whether the service runs or not. */
try {
  const command = readKeyCommand(process.argv.slice(2));
  if (command.kind === "help") console.log(USAGE);
  else await run(command);
} catch (error) {
  console.error(error instanceof FacetError ? error.message : error);
  process.exitCode = error instanceof KeyCommandError ? 2 : 1;
}

async function run(command: Exclude<KeyCommand, { kind: "help" }>): Promise<void> {
  const { databaseUrl, dataDir } = readConfig(process.env);
  const database = await openDatabaseBeside({ databaseUrl, dataDir, log: () => undefined });
  try {
    console.log(await answer(new ApiKeys(database.prisma), command));
  } finally {
    await database.close();
  }
}

async function answer(keys: ApiKeys, command: Exclude<KeyCommand, { kind: "help" }>): Promise<string> {
  switch (command.kind) {
    case "create": {
      const { key, facts } = await keys.create(command.name, command.role);
      if (command.json) return JSON.stringify({ ...facts, key }, null, 2);
      return `The key "${facts.name}" (${facts.role}), shown this once: ${key}`;
    }
    case "list": {
      const all = await keys.list();
      return command.json ? JSON.stringify(all, null, 2) : showKeys(all);
    }
    case "revoke": {
      const facts = await keys.revoke(command.nameOrId);
      if (command.json) return JSON.stringify(facts, null, 2);
      return `The key "${facts.name}" is revoked since ${facts.revokedAt?.toISOString() ?? "now"}.`;
    }
  }
}

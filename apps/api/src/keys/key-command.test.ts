import { expect, test } from "vitest";
import { KeyCommandError, readKeyCommand } from "./key-command.js";
import { showKeys } from "./show-keys.js";

test.each([
  ["create web", { kind: "create", name: "web", role: "reader", json: false }],
  ["create --name web --role admin --json", { kind: "create", name: "web", role: "admin", json: true }],
  ["list", { kind: "list", json: false }],
  ["list --json", { kind: "list", json: true }],
  ["revoke web", { kind: "revoke", nameOrId: "web", json: false }],
  ["--help", { kind: "help" }],
  ["create -h", { kind: "help" }],
])("%s is understood", (line, command) => {
  expect(readKeyCommand(line.split(" "))).toEqual(command);
});

test.each([
  "",
  "make web",
  "create",
  "create web shop",
  "create web --name shop",
  "create web --role owner",
  "list web",
  "list --role admin",
  "revoke",
  "revoke a b",
  "list --all",
])("%j is refused, and how it is done is said", (line) => {
  const read = () => readKeyCommand(line.split(" ").filter(Boolean));
  expect(read).toThrow(KeyCommandError);
  expect(read).toThrow("npm run keys -- create");
});

test("keys are a table with a line each", () => {
  const createdAt = new Date("2026-01-31T12:00:30Z");
  const key = { id: "1", name: "web", role: "reader", createdAt, lastUsedAt: null, revokedAt: null } as const;
  expect(showKeys([key, { ...key, id: "2", name: "a long name", revokedAt: createdAt }]).split("\n")).toEqual([
    "name         role    created            last used  revoked            id",
    "web          reader  2026-01-31T12:00Z  -          -                  1",
    "a long name  reader  2026-01-31T12:00Z  -          2026-01-31T12:00Z  2",
  ]);
});

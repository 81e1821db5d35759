import { readFile, readdir } from "node:fs/promises";

/** Linux counts in these, on every architecture. */
const TICKS_PER_SECOND = 100;

/**
 * Seconds of a processor's time that processes have taken so far, those of children that have ended included: what a
 * machine that is busy with other things measures nearly as well as an idle one.
 */
export async function readCpuSeconds(pids: readonly number[]): Promise<number> {
  const each = await Promise.all(pids.map(async (pid) => parseTicks(await readStat(pid))));
  return each.reduce((sum, ticks) => sum + ticks, 0) / TICKS_PER_SECOND;
}

/** A process and all that it started. */
export async function listTree(pid: number): Promise<number[]> {
  const parents = new Map<number, number[]>();
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(fieldsOf(await readStat(Number(name)))[1]);
    parents.set(parent, [...(parents.get(parent) ?? []), Number(name)]);
  }
  const listBelow = (one: number): number[] => [one, ...(parents.get(one) ?? []).flatMap(listBelow)];
  return listBelow(pid);
}

function readStat(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
}

/** Those after the name, which may hold spaces and brackets itself: the first is the state, the second the parent. */
function fieldsOf(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/** In user and system mode, its own and those of its children that have ended. */
function parseTicks(stat: string): number {
  return fieldsOf(stat)
    .slice(11, 15)
    .reduce((sum, ticks) => sum + Number(ticks || 0), 0);
}

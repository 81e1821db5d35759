import type { ChangeFeed } from "./changes/index.js";
import { listenForProbes } from "./http/listen-for-probes.js";
import { openSharedParts, type SharedSources } from "./shared-parts.js";
import { startApi } from "./start-api.js";
import { startWorkers } from "./start-workers.js";

/** Starts what this process is to do. Gives the address that it listens at: a worker alone answers to probes there. */
export async function startRoles(sources: SharedSources, changes: ChangeFeed): Promise<string> {
  const { roles } = sources.config;
  const parts = await openSharedParts(sources);
  if (roles.has("worker")) await startWorkers(parts);
  if (!roles.has("api")) return listenForProbes(parts);
  await changes.start();
  return startApi(parts, changes);
}

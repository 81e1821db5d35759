import type { Jobs } from "../jobs/index.js";
import type { Retention } from "./retention.js";

/** Every hour, at a minute when little else begins. */
const WHEN = "23 * * * *";
const LONGEST_RUN_SECONDS = 60 * 60;

/** Of all processes of the service, one does the work of an hour. */
export function startRetention(jobs: Jobs, retention: Pick<Retention, "run">): Promise<void> {
  return jobs.recur({
    ...{ name: "retention", when: WHEN, longestSeconds: LONGEST_RUN_SECONDS },
    run: () => retention.run(),
  });
}

export { Jobs } from "./jobs.js";
export type { JobQueue } from "./job-queue.js";
export { LeasedWorker, type LeasedWork, type WorkSignals } from "./leased-worker.js";

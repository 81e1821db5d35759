export { LikeImport } from "./like-import.js";
export { LikeImportQueue } from "./like-import-queue.js";
export { LikeImportRecords } from "./like-import-records.js";
export { LikeImportService } from "./like-import-service.js";
export { LikeImportWorker } from "./like-import-worker.js";

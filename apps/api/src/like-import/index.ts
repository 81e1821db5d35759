export { LikeImport } from "./like-import.js";
export { openLikeImportQueue, type LikeImportJob, type LikeImportQueue } from "./like-import-job.js";
export { LikeImportRecords } from "./like-import-records.js";
export { LikeImportService } from "./like-import-service.js";

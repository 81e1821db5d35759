export { RemoteFileTooLargeError, UrlNotAllowedError, UrlNotReachableError } from "./errors.js";
export type { Network } from "./guarded-get.js";
export { RemoteFiles } from "./remote-files.js";
export { HOST_RULE } from "./url-rules.js";

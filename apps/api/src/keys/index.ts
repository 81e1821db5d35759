export { ApiKeys, KeyExistsError, KeyNameError, KeyNotFoundError, type KeyFacts } from "./api-keys.js";
export { authenticate, type Caller } from "./authenticate.js";
export { hashKey } from "./key-hash.js";
export { keepSecret } from "./keep-secret.js";
export { KnownCallers } from "./known-callers.js";
export { ensureFirstAdminKey, type FirstAdminKey } from "./ensure-first-admin-key.js";
export { RevokedAdminKeyError } from "./keep-configured-key.js";

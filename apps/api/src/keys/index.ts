export { authenticate, type Caller } from "./authenticate.js";
export { ensureFirstAdminKey, type FirstAdminKey } from "./ensure-first-admin-key.js";

export { ChangeFeed } from "./change-feed.js";
export type { ChangeKind, ChangeListener } from "./change-feed.js";
export { HeardCache } from "./heard-cache.js";

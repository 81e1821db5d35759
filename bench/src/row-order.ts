/** Names of all rows, in the order of the table. */
export const ROW_ORDER = [
  ...["ingest-30s", "ingest-300s", "memory-growth", "memory-peak", "encoder", "scorer-1", "scorer-64"],
  ...["tfjs-node-encoder", "tfjs-node-scorer"],
  ...["fresh", "fresh-p99", "stored", "page", "isolation"],
  ...["growth-stored", "growth-fresh", "growth-plans", "start"],
] as const;

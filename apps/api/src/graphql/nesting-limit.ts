import { LRUCache } from "lru-cache";
import { areFragmentsDeeper } from "./fragment-nesting.js";
import { isNestedDeeper } from "./query-nesting.js";

/** Callers ask the same few queries over and over: of so many characters of them it is remembered that they passed. */
const KEPT_CHARACTERS = 1024 * 1024;

/** Whether a query's brackets stand more than `depth` deep in each other, with each fragment where it is spread. */
export function makeNestingLimit(depth: number): (query: string) => boolean {
  const passed = new LRUCache<string, true>({
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (_true, query) => Math.max(query.length, 1),
  });
  return (query) => {
    if (passed.get(query) === true) return false;
    if (isNestedDeeper(query, depth) || areFragmentsDeeper(query, depth)) return true;
    passed.set(query, true);
    return false;
  };
}

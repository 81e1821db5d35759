import { expect, test } from "vitest";
import { makeTimeOrderedUuid } from "./make-time-ordered-uuid.js";

test("an id is a UUID of version 7, and one of a later moment sorts after it", () => {
  const moments = [0, 1_700_000_000_000, 1_700_000_000_001, 2 ** 48 - 1];
  const ids = moments.map((moment) => makeTimeOrderedUuid(moment));
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ids.toSorted()).toEqual(ids);
});

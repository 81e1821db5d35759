import { readdir, truncate } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeTempFolder } from "../photos/photo-folders.fixture.js";
import { RecordStore } from "./record-store.js";

const key = (byte: string) => byte.repeat(32);
const row = (...numbers: number[]) => Float32Array.from(numbers);

test("rows are there again when the store is opened again", async () => {
  const folder = await makeTempFolder();
  const store = await RecordStore.open(folder, 3);
  await store.append([{ key: key("aa"), numbers: row(1, 2.5, -3) }]);
  await store.append([{ key: key("bb"), numbers: row(4, 5, 6) }]);
  await store.close();

  const again = await RecordStore.open(folder, 3);
  expect(again.size).toBe(2);
  expect(again.get(key("aa"))).toEqual(row(1, 2.5, -3));
  expect(again.get(key("cc"))).toBeUndefined();
});

test("a row that a kill cut in the middle is lost, and only that one", async () => {
  const folder = await makeTempFolder();
  const store = await RecordStore.open(folder, 2);
  await store.append([
    { key: key("aa"), numbers: row(1, 2) },
    { key: key("bb"), numbers: row(3, 4) },
  ]);
  await store.close();
  const [file = ""] = await readdir(folder);
  await truncate(join(folder, file), 2 * (32 + 8) - 3);

  const again = await RecordStore.open(folder, 2);
  expect(again.has(key("bb"))).toBe(false);
  await again.append([{ key: key("cc"), numbers: row(5, 6) }]);
  await again.close();
  const third = await RecordStore.open(folder, 2);
  expect([third.get(key("aa")), third.get(key("cc"))]).toEqual([row(1, 2), row(5, 6)]);
});

test("two that add at the same time do not mix their rows", async () => {
  const folder = await makeTempFolder();
  const [one, two] = [await RecordStore.open(folder, 1), await RecordStore.open(folder, 1)];
  for (let i = 0; i < 20; i++) {
    const byte = (store: number) => (store * 100 + i).toString(16).padStart(2, "0");
    await Promise.all([
      one.append([{ key: key(byte(0)), numbers: row(i) }]),
      two.append([{ key: key(byte(1)), numbers: row(-i) }]),
    ]);
  }
  await Promise.all([one.close(), two.close()]);
  const again = await RecordStore.open(folder, 1);
  expect(again.size).toBe(40);
  expect(again.get(key("6f"))).toEqual(row(-11)); // 100 + 11
});

test("a row of another width, or a key that is no key, is refused", async () => {
  const store = await RecordStore.open(await makeTempFolder(), 2);
  await expect(store.append([{ key: key("aa"), numbers: row(1) }])).rejects.toThrow("2 numbers, not 1");
  await expect(store.append([{ key: "aa", numbers: row(1, 2) }])).rejects.toThrow("64 hex digits");
});

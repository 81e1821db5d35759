import DataLoader from "dataloader";
import { Prisma, type PrismaClient } from "../generated/prisma/client.js";
import type { PageRequest } from "./connection.js";

/** A page of the list of one owner. */
export interface OwnedPage {
  readonly ownerId: string;
  readonly page: PageRequest;
}

/** Lists inside of a list, for one request: of however many owners a page is asked for, it is as many statements as of one. */
export type OwnedPageLoader<Item> = DataLoader<OwnedPage, readonly Item[], string>;

/** Where the items are: names of ours, never of a caller's. */
export interface OwnedRows {
  readonly table: "liked_image" | "cover_decision";
  readonly owner: "user_id" | "video_id";
  readonly at: "liked_at" | "decided_at";
}

/**
 * Gives the newest items first, one more than asked for where there are more.
 *
 * @param readItems the items with these ids, in any order
 */
export function makeOwnedPageLoader<Item>(
  prisma: PrismaClient,
  rows: OwnedRows,
  readItems: (ids: readonly string[]) => Promise<readonly Item[]>,
  idOf: (item: Item) => string,
): OwnedPageLoader<Item> {
  return new DataLoader<OwnedPage, readonly Item[], string>(
    async (asked) => {
      const found = new Map<string, readonly string[]>();
      for (const page of new Map(asked.map(({ page }) => [JSON.stringify(page), page])).values()) {
        const ofPage = asked.filter((one) => keyOf(one) === keyOf({ ...one, page }));
        const ids = await findIds(
          prisma,
          rows,
          ofPage.map(({ ownerId }) => ownerId),
          page,
        );
        for (const one of ofPage) found.set(keyOf(one), ids.get(one.ownerId) ?? []);
      }
      const items = new Map((await readItems([...found.values()].flat())).map((item) => [idOf(item), item]));
      return asked.map((one) => (found.get(keyOf(one)) ?? []).flatMap((id) => items.get(id) ?? []));
    },
    { cacheKeyFn: keyOf },
  );
}

const keyOf = ({ ownerId, page }: OwnedPage): string => JSON.stringify([ownerId, page]);

/**
 * By owner, the newest first. Of each owner the index gives what is wanted and no more: the rest of a long list is not read.
 * (The order names the table's own id: `id` alone would be the text that is selected, which no index is in the order of.)
 */
async function findIds(
  prisma: PrismaClient,
  rows: OwnedRows,
  ownerIds: readonly string[],
  { first, after }: PageRequest,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const [table, at] = [Prisma.raw(rows.table), Prisma.raw(rows.at)];
  const behind = after && Prisma.sql`AND (${at}, id) < (${after.at}::timestamptz, ${after.id}::uuid)`;
  const found = await prisma.$queryRaw<{ owner: string; ids: string[] }[]>`
    SELECT owner, ARRAY(
             SELECT id::text FROM ${table}
              WHERE ${Prisma.raw(rows.owner)} = owner ${behind ?? Prisma.empty}
              ORDER BY ${at} DESC, ${table}.id DESC LIMIT ${first + 1}
           ) AS ids
      FROM unnest(${[...new Set(ownerIds)]}::text[]) AS owner`;
  return new Map(found.map(({ owner, ids }) => [owner, ids]));
}

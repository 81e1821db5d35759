import { ApiError } from "./errors.js";

const MAX_PAGE = 100;
/** Items of a page where it was not said. */
export const USUAL_PAGE = 20;
/** The end of the year 9999: a moment that Postgres and everyone else can hold. */
const LATEST_MS = 253_402_300_799_999;

/** Which items a page holds: `first` of them, behind the item at `after`. Items are ordered by a moment, then by id, the newest first. */
export interface PageRequest {
  readonly first: number;
  readonly after: Position | undefined;
}

/** Where an item stands in the order. */
export interface Position {
  readonly at: Date;
  readonly id: string;
}

export interface Connection<Item> {
  readonly edges: readonly { readonly cursor: string; readonly node: Item }[];
  readonly nodes: readonly Item[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/**
 * @param isId what an id of this connection's items looks like
 * @throws ApiError BAD_USER_INPUT where `first` is out of range or the cursor is none of this connection
 */
export function readPageRequest(
  args: { readonly first?: number | null | undefined; readonly after?: string | null | undefined },
  isId: (id: string) => boolean = () => true,
): PageRequest {
  const first = args.first ?? USUAL_PAGE;
  if (first < 1 || first > MAX_PAGE)
    throw new ApiError("BAD_USER_INPUT", `first is ${first}: it takes 1 to ${MAX_PAGE}.`);
  return { first, after: args.after == null ? undefined : readCursor(args.after, isId) };
}

/**
 * The condition of what lies behind a position in the order, the newest first; none where it is the first page. With the
 * first of its two terms an index is entered at the position: with the other alone it would be read from its start.
 */
export function behindPosition(
  field: "registeredAt" | "createdAt" | "likedAt" | "decidedAt" | "at",
  after: Position | undefined,
) {
  if (after === undefined) return {};
  return { [field]: { lte: after.at }, OR: [{ [field]: { lt: after.at } }, { id: { lt: after.id } }] };
}

/** @param found up to `first` + 1 items: the one too many tells that there is a next page */
export function toConnection<Item>(
  request: PageRequest,
  found: readonly Item[],
  positionOf: (item: Item) => Position,
): Connection<Item> {
  const nodes = found.slice(0, request.first);
  const edges = nodes.map((node) => ({ cursor: writeCursor(positionOf(node)), node }));
  return {
    edges,
    nodes,
    pageInfo: { hasNextPage: found.length > request.first, endCursor: edges.at(-1)?.cursor ?? null },
  };
}

function writeCursor({ at, id }: Position): string {
  return Buffer.from(JSON.stringify([at.getTime(), id])).toString("base64url");
}

function readCursor(cursor: string, isId: (id: string) => boolean): Position {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(value) && typeof value[0] === "number" && typeof value[1] === "string") {
      // Postgres takes no NUL in text.
      const isSound = value[0] >= 0 && value[0] <= LATEST_MS && !value[1].includes("\0") && isId(value[1]);
      if (isSound) return { at: new Date(value[0]), id: value[1] };
    }
  } catch {
    // Falls through to the one answer that every malformed cursor gets.
  }
  throw new ApiError(
    "BAD_USER_INPUT",
    "after is no cursor of this connection: pass an endCursor or a cursor that it gave.",
  );
}

import { ApiError } from "./errors.js";

const MAX_PAGE = 100;

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

/** @throws ApiError BAD_USER_INPUT where `first` is out of range or the cursor is none of ours */
export function readPageRequest(args: {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}): PageRequest {
  const first = args.first ?? 20;
  if (first < 1 || first > MAX_PAGE)
    throw new ApiError("BAD_USER_INPUT", `first is ${first}: it takes 1 to ${MAX_PAGE}.`);
  return { first, after: args.after == null ? undefined : readCursor(args.after) };
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

function readCursor(cursor: string): Position {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(value) && typeof value[0] === "number" && typeof value[1] === "string") {
      // Postgres takes no NUL in text.
      if (value[1].includes("\0")) throw new RangeError("NUL");
      const at = new Date(value[0]);
      if (!Number.isNaN(at.getTime())) return { at, id: value[1] };
    }
  } catch {
    // Falls through to the one answer that every malformed cursor gets.
  }
  throw new ApiError(
    "BAD_USER_INPUT",
    "after is no cursor of this connection: pass an endCursor or a cursor that it gave.",
  );
}

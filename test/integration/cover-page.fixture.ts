import type { FacetClient } from "./facet-client.fixture.js";

const PAGE_QUERY = `query Page($userId: ID!, $videoIds: [ID!]!, $diversity: Float) {
  personalizedCovers(userId: $userId, videoIds: $videoIds, diversity: $diversity) {
    kind: __typename
    ... on PersonalizedCover {
      decisionId video { id } userId frame { id index } basis reason probability diversified
      candidates { frame { id } probability interestWeight }
    }
    ... on CoverProblem { videoId message }
    ... on VideoNotReady { status retryAfterSeconds failure { code message } }
  }
}`;

export interface PageCover {
  readonly kind: "PersonalizedCover";
  readonly decisionId: string;
  readonly video: { readonly id: string };
  readonly userId: string;
  readonly frame: { readonly id: string; readonly index: number };
  readonly basis: string;
  readonly reason: string;
  readonly probability: number;
  readonly diversified: boolean;
  readonly candidates: readonly {
    readonly frame: { readonly id: string };
    readonly probability: number;
    readonly interestWeight: number;
  }[];
}

export interface PageProblem {
  readonly kind: "VideoNotFound" | "VideoNotReady";
  readonly videoId: string;
  readonly message: string;
}

export interface PageWish {
  readonly userId: string;
  readonly videoIds: readonly string[];
  readonly diversity?: number;
}

export async function askPage(client: FacetClient, wish: PageWish): Promise<readonly (PageCover | PageProblem)[]> {
  const { userId, videoIds, diversity } = wish;
  interface Data {
    readonly personalizedCovers: readonly (PageCover | PageProblem)[];
  }
  return (await client.get<Data>(PAGE_QUERY, { userId, videoIds, diversity })).personalizedCovers;
}

/** A page on which every video has a cover. */
export async function choosePage(client: FacetClient, wish: PageWish): Promise<readonly PageCover[]> {
  return (await askPage(client, wish)).map((item) => {
    if (item.kind !== "PersonalizedCover") throw new Error(`${item.videoId}: ${item.message}`);
    return item;
  });
}

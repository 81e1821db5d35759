import type { GraphqlCaller } from "./graphql-caller.js";

/** What a page needs of a cover to show it. */
const COVER = "decisionId reason probability frame { index timestampMs image { url } }";
const ONE = `query Cover($userId: ID!, $videoId: ID!) { personalizedCover(userId: $userId, videoId: $videoId) { ${COVER} } }`;
const PAGE = `query Page($userId: ID!, $videoIds: [ID!]!) {
  personalizedCovers(userId: $userId, videoIds: $videoIds) { ... on PersonalizedCover { ${COVER} } }
}`;

interface Cover {
  readonly reason?: string;
}

/** Asks for a cover. @throws Error where it is not a personal one */
export async function askForCover(caller: GraphqlCaller, userId: string, videoId: string): Promise<void> {
  const { personalizedCover } = await caller.ask<{ personalizedCover: Cover }>(ONE, { userId, videoId });
  insist([personalizedCover], 1);
}

/** Asks for a page of covers. @throws Error where one is missing or not a personal one */
export async function askForPage(caller: GraphqlCaller, userId: string, videoIds: readonly string[]): Promise<void> {
  const { personalizedCovers } = await caller.ask<{ personalizedCovers: readonly Cover[] }>(PAGE, { userId, videoIds });
  insist(personalizedCovers, videoIds.length);
}

function insist(covers: readonly Cover[], count: number): void {
  if (covers.length === count && covers.every(({ reason }) => reason === "SCORED")) return;
  throw new Error(`${covers[0]?.reason ?? "no cover"}: only scored covers are to be measured.`);
}

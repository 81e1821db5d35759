import type { FacetClient } from "./facet-client.fixture.js";

const FACTS = `id title category metadata status revision durationMs failure { code }
  ingest { stage progress attempts failure { code message } }`;

/** What of a video changes in its life. */
export interface Facts {
  readonly id: string;
  readonly status: string;
  readonly revision: number;
  readonly metadata: unknown;
  readonly ingest: {
    readonly stage: string;
    readonly progress: number;
    readonly attempts: number;
    readonly failure: { readonly code: string } | null;
  };
}

export interface Payload {
  readonly video: Facts | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string | null }[];
}

export type Change = "retryIngest" | "replaceVideoSource" | "updateVideo";

export const mutationOf = (name: Change) => {
  const input = `${name[0]?.toUpperCase() ?? ""}${name.slice(1)}Input!`;
  return `mutation Change($input: ${input}) { ${name}(input: $input) { video { ${FACTS} } userErrors { code field } } }`;
};

export async function changeVideo(client: FacetClient, name: Change, input: Record<string, unknown>): Promise<Payload> {
  return (await client.get<Record<Change, Payload>>(mutationOf(name), { input }))[name];
}

export async function readVideo(client: FacetClient, id: string): Promise<Facts> {
  const query = `query Video($id: ID!) { video(id: $id) { ${FACTS} } }`;
  return (await client.get<{ video: Facts }>(query, { id })).video;
}

/** Waits until no ingest of the video is under way, however it ended. */
export async function untilSettled(client: FacetClient, id: string): Promise<Facts> {
  for (;;) {
    const video = await readVideo(client, id);
    if (video.ingest.stage === "DONE" || video.ingest.failure !== null) return video;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

import { setTimeout as sleep } from "node:timers/promises";
import type { GraphqlCaller } from "./graphql-caller.js";

const REGISTER = `mutation Register($id: ID!, $path: String!) {
  registerVideo(input: { id: $id, source: { path: $path } }) { video { id } userErrors { code message } }
}`;
const STATE = `query State($id: ID!) { video(id: $id) { status failure { message } } }`;
const FRAMES = `query Frames($id: ID!) { video(id: $id) { candidateFrames { id } } }`;
/** Seldom: whoever looks takes from the cores that the ingest is measured on. */
const LOOK_EVERY_MS = 100;

interface State {
  readonly video: {
    readonly status: "PENDING" | "PROCESSING" | "READY" | "FAILED";
    readonly failure: { readonly message: string } | null;
  };
}

interface Frames {
  readonly video: { readonly candidateFrames: readonly { readonly id: string }[] };
}

/** Registers a film of the media root and waits until covers can be asked for. @returns ids of its candidate frames */
export async function ingest(caller: GraphqlCaller, id: string, path: string): Promise<readonly string[]> {
  const { registerVideo } = await caller.ask<{ registerVideo: { userErrors: readonly { message: string }[] } }>(
    REGISTER,
    { id, path },
  );
  const [fault] = registerVideo.userErrors;
  if (fault !== undefined) throw new Error(fault.message);
  for (;;) {
    const { video } = await caller.ask<State>(STATE, { id });
    if (video.status === "READY") break;
    if (video.status === "FAILED") throw new Error(video.failure?.message ?? "The ingest failed.");
    await sleep(LOOK_EVERY_MS);
  }
  const { video } = await caller.ask<Frames>(FRAMES, { id });
  return video.candidateFrames.map((frame) => frame.id);
}

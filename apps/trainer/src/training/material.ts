import type { CheckedGroup } from "../groups/check-groups.js";
import { readGroups } from "../groups/read-groups.js";
import { splitGroups } from "../groups/split-groups.js";
import type { TrainingGroup } from "../groups/training-group.js";
import { PhotosError } from "../photos/errors.js";
import { readCollections } from "../photos/read-collections.js";
import { digest } from "./checkpoint/task-fingerprint.js";
import { composeIfEnough } from "./compose-for-training.js";
import { composeWorlds, type TrainedWorld } from "./compose-kinds.js";
import { partInterests, type PhotoParts } from "./part-interests.js";
import { RECIPE } from "./recipe.js";
import type { TrainingOptions } from "./training-options.js";

/** What a training is made from, looked at but not encoded. */
export interface Material {
  readonly photos: PhotoParts;
  /** Groups composed of the validation interests. */
  readonly composed: readonly TrainingGroup[];
  /** Those that the folders are large enough for. */
  readonly worlds: readonly TrainedWorld[];
  /** A platform's own. */
  readonly own: { readonly training: readonly CheckedGroup[]; readonly validation: readonly CheckedGroup[] };
  /** Equal for equal pictures, videos and labels, whatever their files are called. */
  readonly digest: string;
}

/**
 * Reads folders and files of groups, and finds whatever can be wrong with them before anything long begins.
 *
 * @param notesFile on which pictures were found whole
 * @throws PhotosError, GroupsError
 */
export async function readMaterial(
  options: TrainingOptions,
  notesFile: string,
  say: (line: string) => void,
): Promise<Material> {
  if (options.photos.length === 0 && options.groups.length === 0) {
    throw new PhotosError("Nothing is given to train on: say --photos DIR, --groups FILE, or both.");
  }
  const own = splitGroups(await readGroups(options.groups, { ...options, notesFile, say }));
  const collections = options.photos.length > 0 ? await readCollections(options.photos, notesFile, say) : [];
  const photos = partInterests(collections);
  const composed = composeForValidation(photos, say);
  // Whether there are enough does not depend on which of them look alike, which takes their features to say.
  const worlds = composeWorlds(photos.training, options.seeds[0] ?? 0, say, new Map()).map(({ world }) => world);
  if (collections.length > 0) {
    if (composed.length === 0) {
      throw new PhotosError(
        "There are too few photos to validate on: the interests set aside for it cannot make one video of 16 frames and " +
          "a like beside it. Give more photos of each interest, or more interests.",
      );
    }
    if (worlds.length === 0) {
      throw new PhotosError(
        "There are too few photos to train on: no folder's interests can make a video of 16 frames and a like beside it. " +
          "Give more photos of each interest, or more interests.",
      );
    }
  }
  return { photos, composed, worlds, own, digest: digestOf(photos, own) };
}

/**
 * Viewers of the validation interests alone, whose videos show training interests beside them: of the few interests set
 * aside the same ones would stand in every video and among the stray likes, and the covers be harder to tell than usual.
 */
function composeForValidation({ training, validation }: PhotoParts, say: (line: string) => void): TrainingGroup[] {
  return validation.flatMap(({ name, interests: likeable }, i) => {
    const interests = [...likeable, ...(training[i]?.interests ?? [])];
    return RECIPE.worlds.flatMap((world) =>
      composeIfEnough({ name, interests }, world, RECIPE.validationEpisodes, RECIPE.validationSeed, say, { likeable }),
    );
  });
}

function digestOf({ training, validation }: PhotoParts, own: Material["own"]): string {
  return digest([
    [training, validation].map((part) =>
      part.map(({ name, interests }) => [
        name,
        interests.map(({ id, photos }) => [id, photos.map(({ hash }) => hash)]),
      ]),
    ),
    [own.training, own.validation].map((part) =>
      part.map(({ video, category, coverMs, likes }) => [video.hash, category, coverMs, likes.map(({ hash }) => hash)]),
    ),
  ]);
}

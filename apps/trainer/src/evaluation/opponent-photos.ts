import { mobileNetV2Mid } from "@facet/feature-encoder";
import { PhotoLibrary } from "../features/photo-library.js";
import { loadEncoder } from "../load-encoder.js";
import { photosOf } from "./methods-to-judge.js";
import type { JudgedPhotos } from "./read-judged.js";

/** Each picture is seen once, the way round that it is and all of it alike, as when the opponent was frozen. */
const OPPONENTS_BACKBONE = { ...mobileNetV2Mid, views: "single", pooling: "even" } as const;

/** The features that the frozen opponent reads; none where no interest can fit its metric. */
export async function openOpponentPhotos(
  cacheFolder: string,
  { worlds, fitOn }: JudgedPhotos,
): Promise<PhotoLibrary | undefined> {
  if (fitOn.length === 0) return undefined;
  const encoder = await loadEncoder({ backbone: OPPONENTS_BACKBONE });
  try {
    const library = await PhotoLibrary.open(cacheFolder, encoder);
    const shown = worlds.flatMap(({ episodes }) => episodes.flatMap(({ history, frames }) => [...history, ...frames]));
    try {
      await library.prepare([...shown, ...photosOf(fitOn)], "featuresAlone");
    } catch (error) {
      await library.close();
      throw error;
    }
    return library;
  } finally {
    encoder.dispose();
  }
}

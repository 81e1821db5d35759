import { join } from "node:path";
import { Catalogue, TEMPLATE, videoName, viewerName, type CatalogueSize } from "../catalogue/catalogue.js";
import type { Releasers } from "../releasers.js";
import { askForCover } from "./covers.js";
import { loopFilm } from "./films.js";
import { ingest } from "./ingest.js";
import { ServiceOnDatabase } from "./service-on-database.js";

const LIKE = `mutation Like($userId: ID!, $frameId: ID!) {
  recordLikedImage(input: { userId: $userId, source: { frameId: $frameId } }) { likedImage { id } userErrors { message } }
}`;

/** A viewer and a video that go together in a request. */
export interface Pair {
  readonly viewer: string;
  readonly video: string;
}

/** The service on a catalogue, and who has not asked for what yet. */
export class Stage {
  #asked = 0;

  private constructor(
    readonly host: ServiceOnDatabase,
    readonly catalogue: Catalogue,
  ) {}

  static async open(
    folder: string,
    releasers: Releasers,
    { framesPerVideo, ...size }: CatalogueSize,
    isQuick: boolean,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Stage> {
    const host = await ServiceOnDatabase.open(folder, releasers, environment);
    await host.start();
    const caller = host.call();
    const frames = await ingest(caller, TEMPLATE.video, await loopFilm(join(host.films), isQuick ? 2 : 30));
    await caller.ask(LIKE, { userId: TEMPLATE.viewer, frameId: frames[0] });
    await askForCover(caller, TEMPLATE.viewer, TEMPLATE.video);
    await caller.close();
    const stage = new Stage(host, new Catalogue(host.client, framesPerVideo));
    await stage.growTo(size);
    return stage;
  }

  /** Stores what is lacking of a size; the service starts anew, so that nothing is in its memory. */
  async growTo(size: Omit<CatalogueSize, "framesPerVideo">): Promise<void> {
    await this.host.stop();
    await this.catalogue.growTo(size);
    await this.host.start();
    this.#asked = 0;
  }

  /** A viewer who has no decision for the video, and as long as there are enough of them was never seen by this process. */
  nextFresh(): Pair {
    const { viewers, videos, decided } = this.catalogue.size;
    const place = this.#asked++;
    const newcomers = viewers - decided.viewers;
    if (place >= newcomers * videos) throw new RangeError("Every viewer has asked for every video.");
    const round = Math.floor(place / newcomers);
    const viewer = decided.viewers + (place % newcomers);
    return { viewer: viewerName(viewer), video: videoName((place + round) % videos) };
  }

  /** A newcomer and so many videos. */
  nextFreshPage(videos: number): { readonly viewer: string; readonly videos: readonly string[] } {
    const { viewer } = this.nextFresh();
    return { viewer, videos: Array.from({ length: videos }, (_, video) => videoName(video)) };
  }

  /** One of the decisions that were stored before the service started: another for each place, as far as there are others. */
  stored(place: number): Pair {
    const { viewers, videosEach } = this.catalogue.size.decided;
    // A step that shares no factor with most counts: neighbours in the table are not asked for one after another.
    const number = (place * 7919) % (viewers * videosEach);
    return { viewer: viewerName(number % viewers), video: videoName(Math.floor(number / viewers)) };
  }
}

import { basename } from "node:path";
import { FacetError, type ImageHash } from "@facet/domain";
import type { FeatureEncoder } from "@facet/feature-encoder";
import { findFfmpeg, type FfmpegTools } from "@facet/frame-extraction";
import { showProgress } from "../progress.js";
import type { CheckedGroup, GroupVideo } from "./check-groups.js";
import { encodeFrameAt, encodeTargets } from "./encode-video.js";
import { GroupsError, refuseOrSkip, type GroupFault } from "./errors.js";
import type { TrainingGroup } from "./training-group.js";
import { VideoFramesCache, type KnownFrame } from "./video-frames-cache.js";

/**
 * A candidate frame this near to the cover's time stands for the cover. Where none is so near, as in a long film, the
 * frame at that very time is decoded and joins the candidates.
 */
const NEAR_ENOUGH_MS = 500;

export interface PreparedGroups {
  readonly training: readonly TrainingGroup[];
  readonly validation: readonly TrainingGroup[];
  /** Features of the candidate frames by the hash in their place. */
  readonly features: ReadonlyMap<ImageHash, Float32Array>;
}

export interface Preparation {
  readonly cacheFolder: string;
  readonly encoder: FeatureEncoder;
  /** Whether groups whose video cannot be decoded are left out instead of refused. */
  readonly skipBadGroups: boolean;
  /** Takes lines for people. */
  readonly say: (line: string) => void;
}

/**
 * Decodes and encodes the groups' videos, as far as they are not known from a run before. Liked images are encoded as
 * photos are, elsewhere.
 *
 * @throws GroupsError where videos cannot be decoded; after all were tried, naming them all
 */
export async function prepareGroups(
  groups: { readonly training: readonly CheckedGroup[]; readonly validation: readonly CheckedGroup[] },
  { cacheFolder, encoder, skipBadGroups, say }: Preparation,
): Promise<PreparedGroups> {
  const all = [...groups.training, ...groups.validation];
  if (all.length === 0) return { training: [], validation: [], features: new Map() };
  const cache = await VideoFramesCache.open(cacheFolder, encoder);
  const progress = showProgress("Reading videos", all.length);
  try {
    const reader = new VideoReader(cache, encoder, await findFfmpeg());
    const faults: GroupFault[] = [];
    const made = new Map<CheckedGroup, TrainingGroup>();
    for (const [i, group] of all.entries()) {
      try {
        made.set(group, await reader.makeGroup(group));
      } catch (error) {
        if (!(error instanceof FacetError)) throw error;
        faults.push({ where: group.where, problem: error.message });
      }
      progress.update(i + 1);
    }
    refuseOrSkip(faults, skipBadGroups, say);
    const part = (checked: readonly CheckedGroup[]) => checked.flatMap((group) => made.get(group) ?? []);
    const prepared = { training: part(groups.training), validation: part(groups.validation) };
    if (prepared.training.length === 0 || prepared.validation.length === 0) {
      throw new GroupsError("Too few groups are left: at least one to train on and one to validate on is needed.");
    }
    return { ...prepared, features: reader.features };
  } finally {
    progress.stop();
    await cache.close();
  }
}

/** Makes groups of videos; a video that several groups show is read once. */
class VideoReader {
  readonly features = new Map<ImageHash, Float32Array>();
  readonly #targets = new Map<ImageHash, Promise<KnownFrame[]>>();

  constructor(
    private readonly cache: VideoFramesCache,
    private readonly encoder: FeatureEncoder,
    private readonly ffmpeg: FfmpegTools,
  ) {}

  async makeGroup({ video, category, coverMs, likes }: CheckedGroup): Promise<TrainingGroup> {
    const targets = await this.#targetsOf(video);
    const { frames, right } =
      coverMs === undefined ? { frames: targets, right: undefined } : await this.#withCover(video, targets, coverMs);
    if (frames.length < 2)
      throw new GroupsError(`${basename(video.file)} has one candidate frame: nothing to choose from.`);
    for (const { key, feature } of frames) this.features.set(key, feature);
    return {
      world: "own",
      cluster: `groups/${video.hash}`,
      history: likes.map((photo) => ({ photo, degradation: "none" })),
      frames: frames.map(({ key, timestampMs }) => ({
        photo: { hash: key, file: video.file, name: `${basename(video.file)} at ${timestampMs} ms` },
        degradation: "none",
      })),
      right: frames.map((frame) => frame === right),
      ...(category !== undefined && { category: `groups/${category}` }),
    };
  }

  /** The candidates with the one that stands for the cover: the nearest, or the cover itself. */
  async #withCover(
    video: GroupVideo,
    targets: readonly KnownFrame[],
    coverMs: number,
  ): Promise<{ frames: readonly KnownFrame[]; right: KnownFrame }> {
    const nearest = nearestTo(targets, coverMs);
    if (nearest && Math.abs(nearest.timestampMs - coverMs) <= NEAR_ENOUGH_MS)
      return { frames: targets, right: nearest };
    const cover = await this.#frameAt(video, coverMs);
    const same = targets.find(({ key }) => key === cover?.key) ?? (cover ? undefined : nearest);
    if (same) return { frames: targets, right: same };
    if (!cover) throw new GroupsError(`${basename(video.file)} has no frame at ${coverMs} ms.`);
    return { frames: [...targets, cover].sort((a, b) => a.timestampMs - b.timestampMs), right: cover };
  }

  #targetsOf(video: GroupVideo): Promise<KnownFrame[]> {
    const known = this.#targets.get(video.hash) ?? this.#readTargets(video);
    this.#targets.set(video.hash, known);
    return known;
  }

  async #readTargets(video: GroupVideo): Promise<KnownFrame[]> {
    return (
      (await this.cache.get(video.hash, "targets")) ??
      this.cache.add(video.hash, "targets", await encodeTargets(video.file, this.encoder, this.ffmpeg))
    );
  }

  async #frameAt(video: GroupVideo, timeMs: number): Promise<KnownFrame | undefined> {
    const known = await this.cache.get(video.hash, String(timeMs));
    if (known) return known[0];
    const frame = await encodeFrameAt(video.file, timeMs, this.encoder, this.ffmpeg);
    return (await this.cache.add(video.hash, String(timeMs), frame ? [frame] : []))[0];
  }
}

function nearestTo(frames: readonly KnownFrame[], timeMs: number): KnownFrame | undefined {
  const [first, ...others] = frames;
  return others.reduce(
    (best, frame) =>
      best && Math.abs(frame.timestampMs - timeMs) < Math.abs(best.timestampMs - timeMs) ? frame : best,
    first,
  );
}

import { basename } from "node:path";
import { FacetError, type ImageHash } from "@facet/domain";
import type { FeatureEncoder } from "@facet/feature-encoder";
import { DecoderError, findFfmpeg, type FfmpegTools } from "@facet/frame-extraction";
import { showProgress } from "../progress.js";
import type { CheckedGroup, GroupVideo } from "./check-groups.js";
import { encodeFrameAt, encodeTargets } from "./encode-video.js";
import { GroupsError, refuseOrSkip, type GroupFault } from "./errors.js";
import { findRightFrames } from "./find-right-frames.js";
import type { TrainingGroup } from "./training-group.js";
import { VideoFramesCache, type KnownFrame } from "./video-frames-cache.js";

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
        if (!(error instanceof FacetError) || error instanceof DecoderError) throw error; // no fault of the video
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
      coverMs === undefined
        ? { frames: targets, right: new Set<KnownFrame>() }
        : await findRightFrames(targets, coverMs, (timeMs) => this.#frameAt(video, timeMs));
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
      right: frames.map((frame) => right.has(frame)),
      ...(category !== undefined && { category: `groups/${category}` }),
    };
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

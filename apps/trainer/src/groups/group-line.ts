/** One line of a file of groups, as written. */
export interface GroupLine {
  /** Path of the video. */
  readonly video: string;
  /** What the platform files the video under. */
  readonly category?: string;
  /** Where in the video its cover is, in ms from its start. */
  readonly coverMs?: number;
  /** Paths of the images that the viewer liked, oldest first. */
  readonly likes: readonly string[];
}

export const GROUP_LIMITS = {
  /** Groups, over all files. */
  groups: 100_000,
  /** Characters of a line. */
  lineLength: 262_144,
  /** Likes that a line may name. */
  likes: 1_000,
  /** Likes that are used: the newest. */
  likesUsed: 50,
  /** Characters of a category. */
  categoryLength: 200,
} as const;

const FIELDS = ["video", "category", "coverMs", "likes"];

/** @returns the group, or what is wrong with the line in words */
export function parseGroupLine(text: string): GroupLine | string {
  if (text.length > GROUP_LIMITS.lineLength) {
    return `the line has ${text.length} characters: the limit is ${GROUP_LIMITS.lineLength}.`;
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return "the line is not JSON.";
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    return 'the line is no object such as {"video": "a.mp4", "category": "travel", "coverMs": 12345, "likes": ["b.jpg"]}.';
  }
  const unknown = Object.keys(parsed).find((key) => !FIELDS.includes(key));
  if (unknown !== undefined) return `"${unknown}" is no field of a group: it takes ${FIELDS.join(", ")}.`;
  return readFields(parsed as Record<string, unknown>);
}

function readFields({ video, category, coverMs, likes }: Record<string, unknown>): GroupLine | string {
  if (!isPath(video)) return '"video" must be the path of a video.';
  if (category !== undefined && !isCategory(category)) {
    return `"category" must be text of 1 to ${GROUP_LIMITS.categoryLength} characters.`;
  }
  if (coverMs !== undefined && !(Number.isSafeInteger(coverMs) && (coverMs as number) >= 0)) {
    return '"coverMs" must be a whole number of milliseconds from 0.';
  }
  if (!Array.isArray(likes) || !likes.every(isPath)) return '"likes" must be a list of paths of pictures.';
  if (likes.length === 0) return '"likes" is empty: a group takes at least 1 liked image.';
  if (likes.length > GROUP_LIMITS.likes)
    return `"likes" has ${likes.length} images: the limit is ${GROUP_LIMITS.likes}.`;
  return {
    video,
    likes,
    ...(category !== undefined && { category }),
    ...(coverMs !== undefined && { coverMs: coverMs as number }),
  };
}

function isPath(value: unknown): value is string {
  return typeof value === "string" && value.length > 0 && !value.includes("\0");
}

function isCategory(value: unknown): value is string {
  return typeof value === "string" && value.trim().length > 0 && value.length <= GROUP_LIMITS.categoryLength;
}

import { InvalidRuleError } from "./invalid-rule-error.js";

/**
 * Which of the decoded frames become targets (claim 6: target candidates are taken from the set by a preset rule).
 * The candidate set itself is every frame of the video.
 */
export type TargetRule =
  | { readonly kind: "everyFrame" }
  /** The first frame and every n-th after it; n is a whole number from 1. */
  | { readonly kind: "everyNth"; readonly n: number }
  /** The first frame, then each first frame that is at least so many seconds later; above 0. */
  | { readonly kind: "interval"; readonly seconds: number }
  /** Every frame from a time on: the first of them is the frame at that time. In ms, as `timestampMs` tells it; 0 or more. */
  | { readonly kind: "from"; readonly ms: number }
  /** The frames that the video was coded to be entered at. */
  | { readonly kind: "keyframes" }
  /** The best frames of every shot; what is no good as a cover is set aside. */
  | ShotsRule;

export interface ShotsRule {
  readonly kind: "shots";
  /** At most so many targets. Default 64. */
  readonly maxTargets?: number | undefined;
  /** So many where the video has that many frames that differ. Default 16. */
  readonly minTargets?: number | undefined;
}

export const DEFAULT_MAX_TARGETS = 64;
export const DEFAULT_MIN_TARGETS = 16;

/** @throws InvalidRuleError where a number of the rule makes no sense */
export function checkRule(rule: TargetRule): void {
  if (rule.kind === "everyNth" && !isCount(rule.n))
    throw new InvalidRuleError(rule.kind, `a whole n from 1, not ${rule.n}`);
  if (rule.kind === "interval" && !(rule.seconds > 0 && Number.isFinite(rule.seconds))) {
    throw new InvalidRuleError(rule.kind, `seconds above 0, not ${rule.seconds}`);
  }
  if (rule.kind === "from" && !(rule.ms >= 0 && Number.isFinite(rule.ms))) {
    throw new InvalidRuleError(rule.kind, `ms of 0 or more, not ${rule.ms}`);
  }
  if (rule.kind === "shots") {
    const { maxTargets = DEFAULT_MAX_TARGETS, minTargets = Math.min(DEFAULT_MIN_TARGETS, maxTargets) } = rule;
    if (!isCount(maxTargets) || !isCount(minTargets) || minTargets > maxTargets) {
      throw new InvalidRuleError(rule.kind, `1 <= minTargets <= maxTargets, not ${minTargets} and ${maxTargets}`);
    }
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}

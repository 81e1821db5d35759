import type { TargetRule } from "../targets/target-rule.js";

/** One decoded frame as a picker sees it. */
export interface FrameTime {
  /** Number of the frame since the filter graph was last set up, from 0. */
  readonly n: number;
  /** The stream's own time in seconds, as ffmpeg reckons it; NaN where the frame has none. */
  readonly seconds: number;
  readonly isKey: boolean;
}

/**
 * Which frames leave the decoder at full size. ffmpeg decides by `expression`; `picks` decides the same again on this
 * side, on the same numbers, so that the reader knows for which frames there is something to read on the other pipes.
 */
export interface FramePicker {
  /** For ffmpeg's `select` filter. */
  readonly expression: string;
  /** Asked for every decoded frame in order. */
  readonly picks: (frame: FrameTime) => boolean;
}

/**
 * Frames of a video that the shots rule looks at closely; the targets are chosen among them. More would cost: one JPEG
 * of a full-HD frame takes as long as two frames to decode.
 */
const SHOTS_LOOKED_AT = 64;
/** Longer films are looked at once a second: denser would be slower, and a shot below a second is seldom a cover. */
const SHOTS_LONGEST_INTERVAL_SECONDS = 1;

export function pickerFor(rule: TargetRule, durationMs: number): FramePicker {
  switch (rule.kind) {
    case "everyFrame":
      return { expression: "1", picks: () => true };
    case "everyNth":
      return { expression: `not(mod(n,${rule.n}))`, picks: ({ n }) => n % rule.n === 0 };
    case "keyframes":
      return { expression: "key", picks: ({ isKey }) => isKey };
    case "interval":
      return intervalPicker(rule.seconds);
    case "from":
      return fromPicker(rule.ms);
    case "shots": {
      const looked = Math.max(SHOTS_LOOKED_AT, rule.maxTargets ?? 0);
      return intervalPicker(Math.min(durationMs / 1000 / looked, SHOTS_LONGEST_INTERVAL_SECONDS));
    }
  }
}

/** A frame's time is told in whole ms: asked for by that, it must be found. */
function fromPicker(ms: number): FramePicker {
  const printed = Math.max(0, (ms - 0.5) / 1000).toFixed(6);
  const earliest = Number(printed);
  return { expression: `gte(t,${printed})`, picks: ({ seconds }) => seconds >= earliest };
}

function intervalPicker(wantedSeconds: number): FramePicker {
  // Both sides must compare with one and the same number, so it is the printed one.
  const printed = wantedSeconds.toFixed(6);
  const interval = Number(printed);
  let last = Number.NaN;
  return {
    expression: `isnan(prev_selected_t)+gte(t-prev_selected_t,${printed})`,
    picks: ({ n, seconds }) => {
      if (n === 0) last = Number.NaN; // ffmpeg set its filters up anew, and forgot.
      const picked = Number.isNaN(last) || seconds - last >= interval;
      if (picked) last = seconds;
      return picked;
    },
  };
}

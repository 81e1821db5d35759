import { expect, test } from "vitest";
import { findGrounds } from "./cover-grounds.js";

const PINNED = "PINNED OWNER_PINNED";
const OPTED_OUT = "QUALITY OPTED_OUT";
const SWITCHED_OFF = "QUALITY PERSONALIZATION_OFF";
const NEW_VIEWER = "QUALITY NEW_VIEWER";
const SCORED = "PERSONALIZED SCORED";

test.each([
  // pinned, opted out, personalized, has likes
  [true, true, true, true, PINNED],
  [true, true, true, false, PINNED],
  [true, true, false, true, PINNED],
  [true, true, false, false, PINNED],
  [true, false, true, true, PINNED],
  [true, false, true, false, PINNED],
  [true, false, false, true, PINNED],
  [true, false, false, false, PINNED],
  [false, true, true, true, OPTED_OUT],
  [false, true, true, false, OPTED_OUT],
  [false, true, false, true, OPTED_OUT],
  [false, true, false, false, OPTED_OUT],
  [false, false, false, true, SWITCHED_OFF],
  [false, false, false, false, SWITCHED_OFF],
  [false, false, true, false, NEW_VIEWER],
  [false, false, true, true, SCORED],
])("pinned %j, opted out %j, personalized %j, likes %j: %s", (pinned, optedOut, personalized, hasLikes, expected) => {
  const grounds = findGrounds({ optedOut, hasLikes }, { pinnedFrameId: pinned ? "frame" : null, personalized });
  expect(`${grounds.basis} ${grounds.reason}`).toBe(expected);
});

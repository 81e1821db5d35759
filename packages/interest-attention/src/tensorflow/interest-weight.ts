import {
  add,
  concat,
  div,
  exp,
  expandDims,
  gather,
  max,
  minimum,
  mul,
  ones,
  slice,
  squeeze,
  sub,
  sum,
  tanh,
  zeros,
  type Rank,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from "@tensorflow/tfjs-core";
import { LEAD_FALLS_OFF } from "../recipe.js";
import { readBothWays, type BidirectionalGru } from "./bidirectional-gru.js";
import { readDescription, type DescriptionReader } from "./description-summary.js";
import type { Embedded } from "./embedding.js";
import { relateFrames, type RelationLayer } from "./frame-relations.js";
import type { DescriptionTensors } from "./history-interest-description.js";
import { countPresent } from "./similarities.js";
import { absence, project, toUnitLength } from "./tensor-math.js";
import { undisturbed, type TrainingNoise } from "./training-noise.js";

/** Claim 2's side of the weights. */
export interface InterestLayer {
  readonly reader: DescriptionReader;
  /** Absent where no relation numbers stand beside the features. */
  readonly relations?: RelationLayer;
  /** `[embedding, projection]` */
  readonly projection: Tensor2D;
  /** `[feature, appearance]`; absent where the appearance is 0 wide. */
  readonly appearance?: Tensor2D;
  /** Absent only in an ablation. */
  readonly firstGru?: BidirectionalGru;
  readonly coincidence: CoincidenceLayer;
}

/** How the first recurrent unit's output for the description is compared with its output for a frame. */
export interface CoincidenceLayer {
  readonly compares:
    /** `[1]`: what the cosine of the recurrent states counts. */
    | { readonly what: "both"; readonly scale: Tensor1D }
    /** `[2 x units, 1]`: only in the ablation without coincidence. */
    | { readonly what: "frames alone"; readonly reading: Tensor2D };
  /** `[1]` */
  readonly bias: Tensor1D;
  /** By how much the frame that coincides best stands out. Fitted after training, by calibration. */
  readonly lead: Lead;
  /** `[kind]`, above 0: what a coincidence counts among pictures of each kind. Fitted after training, by calibration. */
  readonly sharpness: Tensor1D;
  /** What the description's carried input asks of a frame's. Absent where none is carried. */
  readonly carried?: CarriedLayer;
}

/**
 * Of what the first unit carries, a frame's comparisons with the likes alone are asked for: how a frame looks, and what
 * stands around it, must be read by the unit.
 */
export interface CarriedLayer {
  /** `[step, comparison]`; absent in the ablation without coincidence. */
  readonly matrix?: Tensor2D;
  /** `[comparison]` */
  readonly bias: Tensor1D;
  /** Place of the first comparison in a frame's step. */
  readonly from: number;
}

/** At least 0, so that it keeps the order of the coincidences. */
export interface Lead {
  /** `[1]`: in any case. */
  readonly always: Tensor1D;
  /** `[1]`: for each unit by which the best frame's coincidence is above the video's mean. */
  readonly perMargin: Tensor1D;
}

/** What the first recurrent unit gives: its states, and the inputs that it carries to its outputs. */
export interface FirstUnitOutputs {
  /** `[batch, 1 + frame, 2 x units]`: the description first, then the frames. */
  readonly states: Tensor3D;
  /** `[batch, 1 + frame, step]` */
  readonly carried: Tensor3D;
}

/**
 * The first bidirectional recurrent unit (claim 2): it reads the description as a leading step, then the candidate
 * frames, and extracts features of both.
 *
 * @param frames   embedded candidate frames, [batch, frame, embedding]
 * @param present  [batch, frame]           1 for a frame, 0 for padding
 */
export function readDescriptionAndFrames(
  layer: InterestLayer,
  description: DescriptionTensors,
  frames: Embedded,
  present: Tensor2D,
  noise: TrainingNoise = undisturbed,
): FirstUnitOutputs {
  const { step, logSalience } = readDescription(layer.reader, description);
  const { directions, present: likesPresent } = description;

  const parts = [noise.drop(tanh(project(frames.directions, layer.projection)))];
  if (layer.relations && directions) {
    const likes = { directions, present: likesPresent, logSalience };
    parts.push(relateFrames(layer.relations, frames, present, likes));
  }
  if (layer.appearance) parts.push(noise.drop(tanh(project(frames.centred, layer.appearance))));
  const seen: Tensor3D = mul(concat(parts, 2), expandDims(present, 2)); //      [batch, frame, step]

  const carried = concat([step, seen], 1); //                                   [batch, 1 + frame, step]
  const allPresent = concat([ones<Rank.R2>([present.shape[0], 1]), present], 1);
  const states = layer.firstGru
    ? noise.drop(readBothWays(layer.firstGru, carried, allPresent)) //           [batch, 1 + frame, 2 x units]
    : zeros<Rank.R3>([...allPresent.shape, 1]);
  return { states, carried };
}

/**
 * Interest weights: the coincidence of the description's output with every frame's (claim 2), the best of them set apart.
 *
 * Frames of one scene coincide nearly equally well, and would share one probability among them; yet the cover is right
 * if any of them is chosen. The lead moves their probability to the best, the more the further it is above the others.
 * It keeps the order of the coincidences, and so does the sharpness.
 *
 * @param present [batch, frame]
 * @param kind    [batch]         number of the kind of picture that the likes are of: see `nearestKind`
 * @returns       [batch, frame]  any number, higher coincides better; 0 where padded
 */
export function interestWeights(
  layer: CoincidenceLayer,
  outputs: FirstUnitOutputs,
  present: Tensor2D,
  kind: Tensor1D,
): Tensor2D {
  const coincidences = coincide(layer, outputs);
  const best = max(add(coincidences, absence(present)), 1, true);
  const usual = div(sum(mul(coincidences, present), 1, true), countPresent(present));
  const lead = add(mul(sub(best, usual), layer.lead.perMargin), layer.lead.always); // [batch, 1]
  const led = mul(exp(mul(minimum(sub(coincidences, best), 0), LEAD_FALLS_OFF)), lead);
  const sharpness = expandDims(gather(layer.sharpness, kind), 1);
  return mul(mul(add(coincidences, led), sharpness), present);
}

/** The cosine of the recurrent states, and what the description's carried input asks of a frame's. `[batch, frame]` */
function coincide(layer: CoincidenceLayer, { states, carried }: FirstUnitOutputs): Tensor2D {
  const agreement: Tensor2D = add(compareStates(layer, toUnitLength(states)), layer.bias);
  if (!layer.carried) return agreement;
  const { matrix, bias, from } = layer.carried;
  const [tasteCarried, seenCarried] = parted(carried);
  const compared = slice(seenCarried, [0, 0, from], [-1, -1, bias.size]); // [batch, frame, comparison]
  const asked = matrix ? add(project(tasteCarried, matrix), bias) : bias; // [batch, 1, comparison]
  return add(agreement, sum(mul(asked, compared), 2));
}

/** @param states [batch, 1 + frame, 2 x units]  of length 1 */
function compareStates({ compares }: CoincidenceLayer, states: Tensor3D): Tensor2D {
  const [taste, seen] = parted(states); // [batch, 1, 2 x units], [batch, frame, 2 x units]
  if (compares.what === "frames alone") return squeeze(project(seen, compares.reading), [2]);
  return mul(sum(mul(taste, seen), 2), compares.scale);
}

function parted(outputs: Tensor3D): [Tensor3D, Tensor3D] {
  return [slice(outputs, [0, 0, 0], [-1, 1, -1]), slice(outputs, [0, 1, 0], [-1, -1, -1])];
}

import type { Labels } from "./labels.js";
import type { VariantName } from "./variant-names.js";

/** What `train` is asked to do. */
export interface TrainingOptions {
  /** Folders of interests, or folders of such folders. */
  readonly photos: readonly string[];
  /** Files of a platform's own training groups. Beside photos, or in their place. */
  readonly groups: readonly string[];
  /** Where the model goes. Files of these names that are there are replaced. */
  readonly out: string;
  /** A model folder to go on from. Default: none with photos, the shipped weights with groups alone. */
  readonly from?: string | undefined;
  /** A `backbone.json`, or its folder: what encodes the photos in place of the shipped backbone. */
  readonly backbone?: string | undefined;
  /** Folder in which features are kept; default: `.facet/features` of the repository. */
  readonly cache?: string | undefined;
  /** Training steps of 64 groups each. Default `DEFAULT_STEPS`; `DEFAULT_STEPS_FROM_MODEL` where training goes on from a model. */
  readonly steps?: number | undefined;
  /** Another seed makes other training groups and other first weights. With several, the middle one by its validation score is kept. */
  readonly seeds: readonly number[];
  /** Default `cover`. */
  readonly labels: Labels["kind"];
  /** Default `shipped`. */
  readonly variant: VariantName;
  /** Whether the validation interests stay unseen by the model that is written, and half of the time is saved. So they do where training goes on from a model. */
  readonly once: boolean;
  /** Whether the beginning of another training in the folder to write to is discarded. */
  readonly restart: boolean;
  /** Whether groups with faults are left out instead of refused. */
  readonly skipBadGroups: boolean;
  /** What the model card says of the photos: where they come from and on what terms. */
  readonly dataNote?: string | undefined;
  /** Files whose text is appended to the model card. */
  readonly cardNotes: readonly string[];
  /** The command as it was given, for the model card. */
  readonly commandLine: string;
}

export const DEFAULT_STEPS = 1400;
/** Going on from trained weights takes little, and much would forget what they know. */
export const DEFAULT_STEPS_FROM_MODEL = 300;

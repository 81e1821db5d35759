import type { FeatureEncoder } from "@facet/feature-encoder";
import type { ModelChoice, Models } from "../check-models.js";

export type NetworkName = "encoder" | "scorer";

/** What the thread of a network is started with. */
export interface ThreadTask {
  readonly network: NetworkName;
  readonly choice: ModelChoice;
}

/** What is known of a network once it is loaded. */
export type EncoderFacts = Pick<FeatureEncoder, "version" | "engine" | "width" | "imageBytes">;
export type ScorerFacts = Pick<Models["scorer"], "engine" | "modelVersion" | "encoderVersion">;

/** A method of the network, and the list that it takes. */
export interface ThreadCall {
  readonly id: number;
  readonly method: string;
  readonly items: readonly unknown[];
}

export type ThreadMessage =
  | {
      readonly kind: "ready";
      readonly facts: EncoderFacts | ScorerFacts;
      /** Of the thread; undefined where the machine lets none be set. */
      readonly priority: number | undefined;
    }
  | { readonly kind: "answer"; readonly id: number; readonly results: readonly unknown[] }
  | { readonly kind: "failure"; readonly id: number; readonly message: string };

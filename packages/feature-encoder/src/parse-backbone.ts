import { BACKBONE_FIELDS, backboneFieldsOf, recordOf, textOf, type Refuse } from "./backbone-fields.js";
import type { Backbone } from "./backbone.js";
import { BackboneFileError } from "./errors.js";

/** What a `backbone.json` holds: a backbone whose network is a file beside it. */
export interface BackboneDescription extends Omit<Backbone, "source" | "unsafe"> {
  /** Path of the network's `model.json`, relative to the description's folder. */
  readonly model: string;
  /** Default: `"none"`. */
  readonly unsafe?: Backbone["unsafe"];
}

/**
 * @param file to blame
 * @throws BackboneFileError naming the field
 */
export function parseBackbone(file: string, json: unknown): BackboneDescription {
  const refuse: Refuse = (field, problem) => {
    throw new BackboneFileError(file, field, problem);
  };
  const fields = recordOf(refuse, undefined, json, ["model", ...BACKBONE_FIELDS]);
  return { model: textOf(refuse, "model", fields["model"]), ...backboneFieldsOf(refuse, fields) };
}

import { BACKBONE_FIELDS, backboneFieldsOf, recordOf, type Refuse } from "./backbone-fields.js";
import type { Backbone } from "./backbone.js";
import { BackboneDescriptionError } from "./errors.js";

/**
 * Holds a backbone to what a `backbone.json` is held to: one that was put together in code may have come from anywhere.
 *
 * @throws BackboneDescriptionError naming the field
 */
export function checkBackbone(backbone: Backbone): void {
  const refuse: Refuse = (field, problem) => {
    throw new BackboneDescriptionError(backbone.name, field === undefined ? problem : `"${field}" ${problem}`);
  };
  const fields = recordOf(refuse, undefined, backbone, ["source", ...BACKBONE_FIELDS]);
  if (fields["unsafe"] === undefined) refuse("unsafe", "is missing."); // only a file may leave it out
  backboneFieldsOf(refuse, fields);
}

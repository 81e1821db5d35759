import { FacetError } from "@facet/domain";

/** Thrown when the folders of photos given cannot make viewers and videos. */
export class PhotosError extends FacetError {
  readonly code = "PHOTOS";
}

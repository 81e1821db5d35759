/**
 * The root of every error that Facet throws on purpose. `code` is stable: callers may branch on it.
 * The message names the input and the limit, and is fit to be shown to the caller: no paths but those that the
 * caller gave, no SQL, no stack traces.
 */
export abstract class FacetError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

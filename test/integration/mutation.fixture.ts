import type { UserError } from "./facet-calls.fixture.js";
import type { FacetClient } from "./facet-client.fixture.js";

/** What every mutation answers: what it made, by its noun, and what was at fault. */
export type Payload = Readonly<Record<string, unknown>> & { readonly userErrors: readonly UserError[] };

/** Calls a mutation whose input type is named after it. `selection` is what is read of its payload beside the user errors. */
export async function mutate(
  client: FacetClient,
  name: string,
  input: Readonly<Record<string, unknown>>,
  selection = "",
): Promise<Payload> {
  const data = await client.get<Record<string, Payload>>(mutationOf(name, selection), { input });
  const payload = data[name];
  if (payload === undefined) throw new Error(`${name} answered nothing.`);
  return payload;
}

/** The document that calls a mutation with `$input`. */
export function mutationOf(name: string, selection = ""): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation Call($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code message field } } }`;
}

import { Kind, parse, type FieldNode, type FragmentDefinitionNode } from "graphql";
import { expect, test } from "vitest";
import { isAskedFor } from "./is-asked-for.js";

/** What a resolver of the first field of the first operation is told of a document. */
function infoOf(source: string) {
  const { definitions } = parse(source);
  const fragments: Record<string, FragmentDefinitionNode> = {};
  const fieldNodes: FieldNode[] = [];
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const selection of definition.selectionSet.selections) {
      if (selection.kind === Kind.FIELD) fieldNodes.push(selection);
    }
  }
  return { fieldNodes, fragments };
}

test.each([
  ["{ cover { candidates { probability } } }", true],
  ["{ cover { scored: candidates { probability } } }", true],
  ["{ page { ... on Cover { candidates { probability } } } }", true],
  [
    "{ page { ...Shown } } fragment Shown on Cover { id ...Scored } fragment Scored on Cover { candidates { id } }",
    true,
  ],
  ["{ list { edges { node { candidates { id } } } } }", true],
  ["{ cover { candidates: frame { id } } }", false],
  ["{ cover { frame { id } } } fragment Scored on Cover { candidates { id } }", false],
  ["{ cover }", false],
])("of %s", (source, expected) => {
  expect(isAskedFor(infoOf(source), "candidates")).toBe(expected);
});

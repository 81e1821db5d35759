import { Kind, type GraphQLResolveInfo, type SelectionSetNode } from "graphql";

/** Whether a field of this name is asked for anywhere below the one that is being resolved, in fragments too. */
export function isAskedFor(info: Pick<GraphQLResolveInfo, "fieldNodes" | "fragments">, name: string): boolean {
  const holds = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((selection) => {
      switch (selection.kind) {
        case Kind.FIELD:
          return selection.name.value === name || holds(selection.selectionSet);
        case Kind.INLINE_FRAGMENT:
          return holds(selection.selectionSet);
        case Kind.FRAGMENT_SPREAD:
          return holds(info.fragments[selection.name.value]?.selectionSet);
      }
    }) ?? false;
  return info.fieldNodes.some(({ selectionSet }) => holds(selectionSet));
}

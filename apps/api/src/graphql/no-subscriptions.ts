import { GraphQLError, type ValidationRule } from "graphql";

/** Refuses what the schema has no root for. graphql-js finds out as it executes, and Apollo Server takes that for a fault of ours. */
export const noSubscriptions: ValidationRule = (context) => ({
  OperationDefinition: (node) => {
    if (context.getSchema().getRootType(node.operation) != null) return;
    context.reportError(new GraphQLError(`There are no ${node.operation}s.`, { nodes: node }));
  },
});

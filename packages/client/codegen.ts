import type { CodegenConfig } from "@graphql-codegen/cli";

const scalars = { ID: "string", DateTime: "string", JSONObject: "Readonly<Record<string, unknown>>" };

const config: CodegenConfig = {
  schema: "../../schema.graphql",
  documents: "src/**/*.graphql",
  generates: {
    "src/generated/operations.ts": {
      plugins: ["typescript-operations", "typed-document-node"],
      config: {
        // Text, so that nothing of graphql-js is needed to send it.
        documentMode: "string",
        useTypeImports: true,
        enumsAsTypes: true,
        immutableTypes: true,
        skipTypename: true,
        maybeValue: "T | null",
        inputMaybeValue: "T | null | undefined",
        scalars,
      },
    },
  },
};

export default config;

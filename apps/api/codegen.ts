import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "src/**/*.graphql",
  generates: {
    "src/generated/type-defs.ts": { plugins: ["./codegen/type-defs-plugin.cjs"] },
    "src/generated/resolver-types.ts": {
      plugins: ["typescript", "typescript-resolvers"],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        immutableTypes: true,
        maybeValue: "T | null",
        inputMaybeValue: "T | null | undefined",
        emitLegacyCommonJSImports: false,
        contextType: "../graphql/context.js#RequestContext",
        scalars: { ID: "string", DateTime: "Date" },
        mappers: {},
      },
    },
  },
};

export default config;

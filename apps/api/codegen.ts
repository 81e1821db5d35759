import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "src/**/*.graphql",
  generates: {
    "../../schema.graphql": { plugins: ["./codegen/schema-plugin.cjs"] },
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
        scalars: { ID: "string", DateTime: "Date", JSONObject: "../graphql/json-object.js#JsonObject" },
        // What a service gives for a type; its resolvers make the rest.
        mappers: {
          AuditEvent: "./prisma/client.js#AuditEvent as AuditEventRow",
          Video: "./prisma/client.js#Video as VideoRow",
          Viewer: "./prisma/client.js#Viewer as ViewerRow",
          CandidateFrame: "../candidate-frame/candidate-frame-record.js#CandidateFrameRecord",
          Image: "../image/image-addresses.js#AddressedImage",
          LikeImport: "./prisma/client.js#LikeImport as LikeImportRow",
          LikeImportLine: "./prisma/client.js#LikeImportLine as LikeImportLineRow",
          LikedImage: "../liked-image/liked-image-records.js#LikedImageRecord",
          PersonalizedCover: "../personalized-cover/cover-decision.js#CoverDecision",
          VideoNotFound: "../personalized-cover/video-problem.js#VideoNotFound as VideoNotFoundProblem",
          VideoNotReady: "../personalized-cover/video-problem.js#VideoNotReady as VideoNotReadyProblem",
          CoverExplanation: "../personalized-cover/cover-decision.js#CoverDecision",
          LikedImageContribution:
            "../personalized-cover/cover-explainer.js#LikedImageContribution as LikedImageContributionRecord",
          ScoredFrame: "../personalized-cover/cover-decision.js#ScoredCandidate",
        },
      },
    },
  },
};

export default config;

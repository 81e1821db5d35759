/** Of rows that miss their goal: what was tried, and what came of it. Shown while the row misses it. */
export const whatWasTried: Readonly<Record<string, string>> = {
  encoder:
    "the graph is run by ONNX Runtime with all optimizations, in batches of 8, range, scaling and mirror image inside of it; what is left is the convolutions of the backbone themselves, which wasm with SIMD and threads is not far behind in",
  "scorer-1":
    "both recurrent units are ONNX' own `GRU`; what a single viewer costs beyond that is handing over the features. Its threads sleep between passes, which takes a tenth of the processor time of waiting busily, and a little longer by the clock",
  "scorer-64":
    "one pass for all viewers, on all cores; the stock layers, which do only the recurrent part of the method, are batched as well here, so their overhead is shared by 64",
  fresh:
    "the statements of a decision were brought from a dozen to four (what is known; the history with its features; the candidates with theirs, at the same time; what keeps the decision and reads back what it shows), each in plain SQL, which takes half of the time of the same through Prisma's own queries; the networks have threads of their own which sleep between passes; what a query costs is measured once. What is left is Prisma's work for each statement and the bytes of the features",
  "fresh-p99": "as `fresh`",
  stored:
    "no statement is sent for what is remembered, documents are parsed and validated once, what a query costs is measured once, a key is hashed once a request and looked up in memory. What is left is the execution of a query of ten fields, the address of a picture and a body ten times as long as that of the floor, which asks for `{ __typename }`",
  isolation:
    "networks and pictures are worked on in threads of their own, and the scorer's sleep when they have nothing to do; on two cores, which sender and database share with the service, waiting for a core is what is left",
  start:
    "both networks are loaded side by side while Postgres starts and the libraries of the roles are read; where every migration is applied, the schema engine is not loaded; weights are decoded by plain loops. What is left is reading some thousand source files of libraries",
};

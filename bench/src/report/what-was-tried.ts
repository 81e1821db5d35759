/** Of rows that miss their goal: what was tried, and what came of it. Shown while the row misses it. */
export const whatWasTried: Readonly<Record<string, string>> = {
  "ingest-30s":
    "decoding, encoding and storing run at once; JPEGs are made of chosen frames only, in a process beside the decoder; the file is probed once; rows are written by one statement a table; the decoder has two threads more than there are cores; a worker is woken when the job is committed. Beside what the floor does, the decoder scales every frame to a thumbnail and hands out the frames that may be chosen, and both cores are busy with decoding already; of a short film, what comes before the first frame counts too. Extraction alone, without encoder, service and database, takes 1.23 x as long as decoding to null (2026-11-29, 5.1 s against 4.15 s on the same two cores, by processor time 9.4 s against 7.3 s)",
  "ingest-300s": "as `ingest-30s`",
  "memory-peak":
    "it does not grow with the film: raw pictures have a budget of 64 MB whose room is used again, frames are encoded in passes of two and stored in fours, and ONNX Runtime plans no memory by the size of a batch. TensorFlow.js is loaded only where it computes, and what a network was read from is collected at once. With `MALLOC_ARENA_MAX=2` in the environment of the service, on Linux, it is about 100 MB less. Most of it is the service's own process with both networks in threads of their own",
  encoder:
    "the graph is run by ONNX Runtime with all optimizations, in passes of two pictures, range, scaling and mirror image inside of it",
  "scorer-1":
    "both recurrent units are ONNX' own `GRU`. Its threads sleep between passes: by processor time a pass takes 1.6 ms instead of 9 to 14, by the clock about the same",
  "scorer-64":
    "one pass for all viewers, on all cores; the stock layers, which do only the recurrent part of the method, are batched as well here, so their overhead is shared by 64",
  fresh:
    "the statements of a decision were brought from a dozen to four (what is known; the history with its features; the candidates with theirs, at the same time; what keeps the decision and reads back what it shows), each in plain SQL, prepared once for each connection and sent past Prisma; the networks have threads of their own, of a lower priority than the one that answers; what a query costs is measured once. Half of what is read are the bytes of features",
  "fresh-p99": "as `fresh`",
  page: "of 40 covers one statement reads the frames that are not in memory, one keeps the decisions, and one pass scores them all",
  stored:
    "no statement is sent for what is remembered, documents are parsed and validated once, what a query costs is measured once, a key is looked up in memory. In a profile what is left is Apollo Server, the execution of a query of ten fields and the socket; the floor executes one",
  isolation:
    "networks and pictures are worked on in threads of their own, which have a lower priority than the one that answers; the scorer keeps to one thread; only so many decisions are scored at once, the others wait in order; statements are prepared once for each connection and sent past Prisma. Sender and database share the two cores with the service, and the steps of a fresh decision between its statements are on the thread that answers: a quarter of its time goes into writing to sockets. Tried on 2026-11-29 and left: one decision scored at a time (2.2 x, but 96 to 113 fresh ones a second in place of 186), histories read and decisions kept for several viewers by one statement (3.1 to 3.7 x at 182 to 205 a second), Postgres or the sender at another priority (2.9 to 4.7 x, no different from chance)",
  start:
    "both networks are loaded side by side while Postgres starts and the libraries of the roles are read; where every migration is applied, the schema engine is not loaded; weights are decoded by plain loops. In a profile what is left is reading and compiling the sources of libraries",
};

export { TrainingStoppedError } from "./checkpoint/errors.js";
export { runTraining } from "./run-training.js";
export type { TrainingOptions } from "./training-options.js";

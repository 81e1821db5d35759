export { runTraining } from "./run-training.js";
export { DEFAULT_SEED, DEFAULT_STEPS, type TrainingOptions } from "./training-options.js";

export { ABLATIONS, defineArchitecture, defineLiteralArchitecture } from "./architecture.js";
export type { Ablation, Architecture, ArchitectureChoice } from "./architecture.js";
export {
  DescriptionVersionError,
  EmptyCandidateSetError,
  EmptyHistoryError,
  FeatureValueError,
  FeatureWidthError,
  ModelFilesError,
  NoScorerEngineError,
  ScorerDisposedError,
} from "./errors.js";
export type { ScorerEngine, ScorerNetwork } from "./engine.js";
export { onnxEngine } from "./onnx/onnx-engine.js";
export { tensorflowEngine } from "./tensorflow-engine.js";
export { InterestAttentionScorer } from "./scorer.js";
export type { ChosenEngine, FrameScores, HistoryInterestDescription, ScoreRequest } from "./scorer.js";

// For those who train a model of their own.
export { categoryLogits } from "./category.js";
export { describeHistory } from "./history-interest-description.js";
export { coverProbabilities, RAMP_SLOPE } from "./cover-probability.js";
export type { CoverLayer, Covers } from "./cover-probability.js";
export { interestWeights } from "./interest-weight.js";
export type { FirstUnitOutputs } from "./interest-weight.js";
export type { DescriptionTensors } from "./history-interest-description.js";
export { layersOf } from "./layers.js";
export type { Layers } from "./layers.js";
export { CATEGORY_SHARE, coverCrossEntropy, trainingLoss } from "./loss.js";
export type { Wanted } from "./loss.js";
export type { ModelDescription, ModelFacts } from "./model-description.js";
export { loadModel, saveModel } from "./model-files.js";
export type { Model } from "./model-files.js";
export { padBatch } from "./pad-batch.js";
export type { PaddedBatch } from "./pad-batch.js";
export { scoreCandidates } from "./score.js";
export type { Scored } from "./score.js";
export type { TrainingNoise } from "./training-noise.js";
export { planWeights } from "./weight-plan.js";
export type { PlannedWeight } from "./weight-plan.js";
export { disposeWeights, initialiseWeights } from "./weights.js";
export type { Weights } from "./weights.js";

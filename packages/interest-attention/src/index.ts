export { ABLATIONS, defineArchitecture, defineLiteralArchitecture } from "./architecture.js";
export type { Ablation, Architecture, ArchitectureChoice } from "./architecture.js";
export {
  DescriptionError,
  DescriptionVersionError,
  EmptyCandidateSetError,
  EmptyHistoryError,
  FeatureValueError,
  FeatureWidthError,
  MissingWeightError,
  ModelFilesError,
  NoScorerEngineError,
  ScorerDisposedError,
} from "./errors.js";
export type { ScorerEngine, ScorerNetwork } from "./engine.js";
export { onnxEngine } from "./onnx/onnx-engine.js";
export { tensorflowEngine } from "./tensorflow/tensorflow-engine.js";
export type { HistoryInterestDescription } from "./history-interest-description.js";
export { InterestAttentionScorer } from "./scorer.js";
export type { ChosenEngine, FrameScores, ScoreRequest } from "./scorer.js";
export type { ModelDescription, ModelFacts } from "./model-description.js";

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
export { tensorflowEngine } from "./tensorflow/tensorflow-engine.js";
export { InterestAttentionScorer } from "./scorer.js";
export type { ChosenEngine, FrameScores, HistoryInterestDescription, ScoreRequest } from "./scorer.js";
export type { ModelDescription, ModelFacts } from "./model-description.js";

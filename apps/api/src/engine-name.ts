/** What runs the networks, in the order in which they are tried. Apart from the engines themselves, so that to know their names loads none. */
export const ENGINES = ["onnx", "tensorflow", "wasm"] as const;
export type EngineName = (typeof ENGINES)[number];

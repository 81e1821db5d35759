import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { selectBackend } from "./tensorflow/select-backend.js";

/** Tests bring the backend that the package itself does not. */
export async function useWasm(): Promise<void> {
  const resolve = createRequire(import.meta.url).resolve;
  setWasmPaths(`${join(dirname(resolve("@tensorflow/tfjs-backend-wasm/package.json")), "dist")}/`);
  await selectBackend([{ name: "wasm", load: () => Promise.resolve() }]);
}

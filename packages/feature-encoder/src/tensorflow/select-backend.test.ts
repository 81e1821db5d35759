import { KernelBackend, registerBackend } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { NoBackendError } from "../errors.js";
import { selectBackend } from "./select-backend.js";
import { useWasm } from "../wasm-backend.fixture.js";

const missing = { name: "tensorflow", load: () => Promise.reject(new Error("Cannot find package\nRequire stack: …")) };

test("the first backend that works is taken, and the skipped ones say why in one line", async () => {
  await useWasm();
  const selected = await selectBackend([missing, { name: "wasm", load: () => Promise.resolve() }]);
  expect(selected).toEqual({ name: "wasm", skipped: [{ name: "tensorflow", reason: "Cannot find package" }] });
});

test("a backend that loads under another name than it said is skipped", async () => {
  await expect(selectBackend([{ name: "no-such-backend", load: () => Promise.resolve() }])).rejects.toThrow(
    NoBackendError,
  );
});

test("where none works the error names each", async () => {
  await expect(selectBackend([missing])).rejects.toThrow("tensorflow (Cannot find package)");
});

test("a backend that starts but cannot compute is skipped", async () => {
  await useWasm();
  registerBackend("broken", () => new KernelBackend());
  const selected = await selectBackend([
    { name: "broken", load: () => Promise.resolve() },
    { name: "wasm", load: () => Promise.resolve() },
  ]);
  expect(selected.name).toBe("wasm");
  expect(selected.skipped.map(({ name }) => name)).toEqual(["broken"]);
});

import { expect, test } from "vitest";
import { InputError, settleInput } from "./user-errors.js";

test("what is at fault is an outcome, and a long input is not sent back with it", async () => {
  const id = "x".repeat(1_000_000);
  const outcome = await settleInput(() =>
    Promise.reject(new InputError("UPLOAD_NOT_FOUND", "source.uploadId", `No upload "${id}" is here.`)),
  );
  const message = `No upload "${"x".repeat(40)}…" (1000000 characters) is here.`;
  expect(outcome).toEqual({ ok: false, error: { code: "UPLOAD_NOT_FOUND", field: "source.uploadId", message } });
});

test("any other fault stays an error", async () => {
  await expect(settleInput(() => Promise.reject(new Error("torn")))).rejects.toThrow("torn");
});

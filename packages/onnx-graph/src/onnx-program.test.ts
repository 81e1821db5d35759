import { describe, expect, test } from "vitest";
import { OnnxProgramReleasedError } from "./errors.js";
import { OnnxGraph } from "./onnx-graph.js";
import { OnnxProgram } from "./onnx-program.js";
import { findOnnxRuntime } from "./onnx-runtime.fixture.js";

const runtime = await findOnnxRuntime();

describe.skipIf(!runtime)("a program with ONNX Runtime", () => {
  const compileDoubling = () => {
    if (!runtime) throw new Error("There is none.");
    const graph = new OnnxGraph("doubling");
    graph.output("doubled", graph.apply("Mul", [graph.input("numbers", "float32", ["count"]), graph.float(2)]));
    return OnnxProgram.compile(runtime, graph);
  };
  const double = async (program: OnnxProgram, number: number) =>
    (await program.run({ numbers: { data: Float32Array.of(number), dims: [1] } })).get("doubled");

  test("finishes what it is at when it is released", async () => {
    const program = await compileDoubling();
    const runs = [double(program, 3), double(program, 4)];
    const release = program.release();
    expect(await Promise.all(runs)).toMatchObject([{ data: Float32Array.of(6) }, { data: Float32Array.of(8) }]);
    await release;
  });

  test("may be released twice, even where a run of it failed", async () => {
    const program = await compileDoubling();
    const failing = program.run({});
    await Promise.all([expect(failing).rejects.toThrow(), program.release(), program.release()]);
    await program.release();
  });

  test("runs no more once it is released", async () => {
    const program = await compileDoubling();
    void program.release();
    const running = double(program, 3);
    await expect(running).rejects.toThrow(OnnxProgramReleasedError);
    await expect(running).rejects.toMatchObject({ code: "ONNX_PROGRAM_RELEASED" });
  });
});

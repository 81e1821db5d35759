import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as SchemaEngineModule from "@prisma/schema-engine-wasm/schema_engine_bg";

export type EngineModule = typeof SchemaEngineModule;

/** As far as it is needed here: TypeScript has it with the types of browsers only. */
interface WebAssemblyGlobal {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: Record<string, unknown>) => { exports: Record<string, unknown> };
}

let loading: Promise<EngineModule> | undefined;

/** Prisma's schema engine, put together by hand: the package's own entry imports a `.wasm` file, which Node cannot. */
export function loadSchemaEngine(): Promise<EngineModule> {
  loading ??= load();
  return loading;
}

async function load(): Promise<EngineModule> {
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyGlobal }).WebAssembly;
  const folder = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const glue = (await import(pathToFileURL(join(folder, "schema_engine_bg.js")).href)) as EngineModule;
  const module = new Module(await readFile(join(folder, "schema_engine_bg.wasm")));
  const { exports } = new Instance(module, { "./schema_engine_bg.js": withUnreferencedTimers(glue) });
  glue.__wbg_set_wasm(exports);
  (exports["__wbindgen_start"] as () => void)();
  return glue;
}

/** The engine never clears the timer of its ten seconds' patience for a lock, and would keep the process alive as long. */
function withUnreferencedTimers(glue: EngineModule): Record<string, unknown> {
  const setTimer = (callback: () => void, milliseconds: number) => setTimeout(callback, milliseconds).unref();
  const imports = Object.entries(glue).map(([name, value]: [string, unknown]): [string, unknown] =>
    name.startsWith("__wbg_setTimeout") ? [name, setTimer] : [name, value],
  );
  return Object.fromEntries(imports);
}

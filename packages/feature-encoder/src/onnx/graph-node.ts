import { Buffer } from "node:buffer";
import type { ModelArtifacts } from "../model-artifacts.js";

/** One operation of a TensorFlow.js graph model, with its attributes read. */
export class GraphNode {
  constructor(private readonly node: StoredNode) {}

  get name(): string {
    return this.node.name;
  }

  get operation(): string {
    return this.node.op;
  }

  /** Names of the nodes that its inputs come from; those that only say what must run before it are left out. */
  get inputs(): readonly string[] {
    const named = this.node.input?.filter((input) => !input.startsWith("^")) ?? [];
    return named.map((input) => input.replace(/:\d+$/, ""));
  }

  /** `""` where it is not there. */
  word(attribute: string): string {
    return decode(this.node.attr?.[attribute]?.s);
  }

  words(attribute: string): readonly string[] {
    return this.node.attr?.[attribute]?.list?.s?.map(decode) ?? [];
  }

  integers(attribute: string): readonly number[] {
    return this.node.attr?.[attribute]?.list?.i?.map(Number) ?? [];
  }

  flag(attribute: string): boolean {
    return this.node.attr?.[attribute]?.b === true;
  }

  /** Sizes of the axes, -1 where one is open; undefined where nothing is said. */
  get shape(): readonly number[] | undefined {
    return this.node.attr?.["shape"]?.shape?.dim?.map(({ size }) => Number(size));
  }
}

/** Every node of a graph model by its name. */
export function readNodes({ modelTopology }: ModelArtifacts): ReadonlyMap<string, GraphNode> {
  const { node = [] } = (modelTopology ?? {}) as { readonly node?: readonly StoredNode[] };
  return new Map(node.map((stored) => [stored.name, new GraphNode(stored)]));
}

interface StoredNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, StoredAttribute>>;
}

/** As protocol buffers are written in JSON: words as base64, whole numbers as text. */
interface StoredAttribute {
  readonly s?: string;
  readonly b?: boolean;
  readonly list?: { readonly s?: readonly string[]; readonly i?: readonly (string | number)[] };
  readonly shape?: { readonly dim?: readonly { readonly size: string | number }[] };
}

function decode(word = ""): string {
  return Buffer.from(word, "base64").toString("utf8");
}

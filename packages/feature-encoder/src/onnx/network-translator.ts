import type { OnnxGraph } from "@facet/onnx-graph";
import type { Weight } from "./decode-weights.js";
import type { GraphNode } from "./graph-node.js";
import { translateOperation } from "./translate-operation.js";
import type { Translated, Translation } from "./translation.js";

/** Translates a graph model node by node, only as far as the wanted nodes need. */
export class NetworkTranslator implements Translation {
  readonly #done = new Map<string, Translated>();

  /**
   * @param pictures what stands for the one placeholder
   * @param refuse   throws what tells that this network cannot be translated
   */
  constructor(
    readonly graph: OnnxGraph,
    private readonly nodes: ReadonlyMap<string, GraphNode>,
    private readonly weights: ReadonlyMap<string, Weight>,
    private readonly pictures: Translated,
    readonly refuse: (node: GraphNode | undefined, problem: string) => never,
    private readonly inherit: (name: string) => Translated | undefined = () => undefined,
  ) {}

  translate(name: string): Translated {
    const known = this.#done.get(name);
    if (known) return known;
    const made = this.inherit(name) ?? this.#translateNode(name);
    this.#done.set(name, made);
    return made;
  }

  /** Goes on with something else in the place of what is translated already: the same nodes are not computed again. */
  continueWith(change: (translated: Translated) => Translated): NetworkTranslator {
    const { graph, nodes, weights, pictures, refuse } = this;
    return new NetworkTranslator(graph, nodes, weights, pictures, refuse, (name) => {
      const known = this.#done.get(name);
      return known && change(known);
    });
  }

  input(node: GraphNode, position: number): Translated {
    const name = node.inputs[position];
    return name === undefined ? this.refuse(node, `it has no input ${position}.`) : this.translate(name);
  }

  weight(node: GraphNode, position: number): Weight | undefined {
    return this.weights.get(node.inputs[position] ?? "");
  }

  #translateNode(name: string): Translated {
    const node = this.nodes.get(name);
    if (!node) return this.refuse(undefined, `it has no node "${name}".`);
    return node.operation === "Placeholder" ? this.pictures : translateOperation(this, node);
  }
}

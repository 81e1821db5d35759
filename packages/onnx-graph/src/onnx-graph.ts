import { MessageWriter } from "./protobuf.js";

/** A tensor inside a graph: what an operator takes and gives. */
export type Value = string & { readonly __brand: "Value" };

/** Types of tensors, by the numbers that ONNX gives them. */
const TENSOR_TYPE = { float32: 1, uint8: 2, int32: 6, int64: 7 } as const;
export type TensorType = keyof typeof TENSOR_TYPE;

/** What an operator is told beside its inputs. A list of whole numbers, a whole number, a real one, or a word. */
export type Attribute =
  | { readonly ints: readonly number[] }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly word: string };

/** An operator that has this output left out takes an empty name for it. */
const NOTHING = "";

/** Versions of the format and of the operators: old enough for any runtime of the last years. */
const IR_VERSION = 8;
const OPERATOR_SET = 17;

/**
 * An ONNX model that grows operator by operator. Values come in the order in which they are made, so that the graph is
 * sorted by itself. Numbers of the fields are those of onnx.proto.
 */
export class OnnxGraph {
  readonly #graph = new MessageWriter();
  readonly #inputs: MessageWriter[] = [];
  readonly #outputs: MessageWriter[] = [];
  readonly #constants = new Map<string, Value>();
  #made = 0;

  constructor(private readonly name: string) {}

  /** @param dims sizes of the axes; a word names one that is open */
  input(name: string, type: TensorType, dims: readonly (number | string)[]): Value {
    this.#inputs.push(describeValue(name, type, dims));
    return name as Value;
  }

  /** Makes a value one of the model's results, under a name of its own. */
  output(name: string, value: Value, type: TensorType = "float32"): void {
    this.#addNode("Identity", [value], [name], {});
    this.#outputs.push(describeValue(name, type, undefined));
  }

  /** An operator of one output. */
  apply(operator: string, inputs: readonly (Value | undefined)[], attributes: Record<string, Attribute> = {}): Value {
    const made = this.#nameNext(operator);
    this.#addNode(operator, inputs, [made], attributes);
    return made;
  }

  /** An operator of several outputs. */
  applyMany(
    operator: string,
    inputs: readonly (Value | undefined)[],
    outputs: number,
    attributes: Record<string, Attribute> = {},
  ): Value[] {
    const made = Array.from({ length: outputs }, () => this.#nameNext(operator));
    this.#addNode(operator, inputs, made, attributes);
    return made;
  }

  /** Real numbers that are part of the model. */
  floats(numbers: Float32Array, dims: readonly number[]): Value {
    return this.#addConstant("float32", numbers, dims);
  }

  /** One real number, without axes. The same number is kept once. */
  float(number: number): Value {
    return this.#once(`float ${number}`, () => this.floats(Float32Array.of(number), []));
  }

  /** A list of whole numbers, such as axes or a shape. The same list is kept once. */
  ints(numbers: readonly number[]): Value {
    return this.#once(`ints ${numbers.join(" ")}`, () =>
      this.#addConstant("int64", BigInt64Array.from(numbers, BigInt), [numbers.length]),
    );
  }

  /** The model as a file would hold it. */
  toBytes(): Uint8Array {
    const graph = new MessageWriter().text(2, this.name);
    const body = this.#graph.toBytes();
    const ends = new MessageWriter();
    for (const input of this.#inputs) ends.message(11, input);
    for (const output of this.#outputs) ends.message(12, output);
    // Fields of a message may come in any order: joining the bytes of parts of a message joins the parts.
    const whole = Buffer.concat([graph.toBytes(), body, ends.toBytes()]);
    return new MessageWriter()
      .integer(1, IR_VERSION)
      .text(2, "facet")
      .bytes(7, whole)
      .message(8, new MessageWriter().text(1, "").integer(2, OPERATOR_SET))
      .toBytes();
  }

  #addNode(
    operator: string,
    inputs: readonly (Value | undefined)[],
    outputs: readonly string[],
    attributes: Record<string, Attribute>,
  ): void {
    const node = new MessageWriter();
    for (const input of inputs) node.text(1, input ?? NOTHING);
    for (const output of outputs) node.text(2, output);
    node.text(4, operator);
    for (const [name, attribute] of Object.entries(attributes)) node.message(5, describeAttribute(name, attribute));
    this.#graph.message(1, node);
  }

  #addConstant(type: TensorType, numbers: Float32Array | BigInt64Array, dims: readonly number[]): Value {
    const name = this.#nameNext("constant");
    const tensor = new MessageWriter();
    for (const size of dims) tensor.integer(1, size);
    tensor
      .integer(2, TENSOR_TYPE[type])
      .text(8, name)
      .bytes(9, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
    this.#graph.message(5, tensor);
    return name;
  }

  #once(key: string, make: () => Value): Value {
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#constants.set(key, made);
    return made;
  }

  #nameNext(operator: string): Value {
    return `${operator}:${this.#made++}` as Value;
  }
}

function describeValue(name: string, type: TensorType, dims: readonly (number | string)[] | undefined): MessageWriter {
  const tensor = new MessageWriter().integer(1, TENSOR_TYPE[type]);
  if (dims) {
    const shape = new MessageWriter();
    for (const size of dims) {
      shape.message(
        1,
        typeof size === "number" ? new MessageWriter().integer(1, size) : new MessageWriter().text(2, size),
      );
    }
    tensor.message(2, shape);
  }
  return new MessageWriter().text(1, name).message(2, new MessageWriter().message(1, tensor));
}

function describeAttribute(name: string, attribute: Attribute): MessageWriter {
  const message = new MessageWriter().text(1, name);
  if ("float" in attribute) return message.float(2, attribute.float).integer(20, 1);
  if ("int" in attribute) return message.integer(3, attribute.int).integer(20, 2);
  if ("word" in attribute) return message.text(4, attribute.word).integer(20, 3);
  for (const number of attribute.ints) message.integer(8, number);
  return message.integer(20, 7);
}

/** A JSON object piece by piece: a value that is an async iterable becomes an array, one item a piece. */
export async function* writeJsonObject(values: Readonly<Record<string, unknown>>): AsyncGenerator<string> {
  let opening = "{";
  for (const [name, value] of Object.entries(values)) {
    yield `${opening}${JSON.stringify(name)}:`;
    if (isAsyncIterable(value)) yield* writeJsonArray(value);
    else yield JSON.stringify(value);
    opening = ",";
  }
  yield opening === "{" ? "{}" : "}";
}

async function* writeJsonArray(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  let opening = "[";
  for await (const item of items) {
    yield `${opening}${JSON.stringify(item)}`;
    opening = ",";
  }
  yield opening === "[" ? "[]" : "]";
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

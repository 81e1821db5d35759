import type { Weight } from "./decode-weights.js";

/** The same numbers with their axes in another order: axis `i` of the result is axis `order[i]` of the weight. */
export function reorderAxes({ shape, numbers }: Weight, order: readonly number[]): Weight {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const sizes = order.map((axis) => shape[axis] ?? 1);
  const steps = order.map((axis) => strides[axis] ?? 1);
  const reordered = new Float32Array(numbers.length);
  const place = sizes.map(() => 0);
  let from = 0;
  for (let to = 0; to < reordered.length; to++) {
    reordered[to] = numbers[from] ?? 0;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const step = steps[axis] ?? 1;
      from += step;
      place[axis] = (place[axis] ?? 0) + 1;
      if (place[axis] !== sizes[axis]) break;
      from -= step * (place[axis] ?? 0);
      place[axis] = 0;
    }
  }
  return { shape: sizes, numbers: reordered };
}

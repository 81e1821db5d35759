/** @throws RangeError where the list has no such place: the caller's mistake */
export function itemAt<T>(items: readonly T[], place: number): T {
  const item = items[place];
  if (item === undefined) throw new RangeError(`There is no item ${place}: the list has ${items.length}.`);
  return item;
}

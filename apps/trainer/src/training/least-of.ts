const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Where to look, and how often to cut that to its golden section: each round leaves 0.62 of it. */
export interface SearchRange {
  readonly lowest: number;
  readonly highest: number;
  readonly rounds: number;
}

/** Where a cost that falls and then rises is least: golden-section search. Asks once a round, and once more. */
export function leastOf(range: SearchRange, costOf: (x: number) => number): number {
  let { lowest, highest } = range;
  const look = (x: number) => ({ x, cost: costOf(x) });
  let first = look(highest - GOLDEN * (highest - lowest));
  let second = look(lowest + GOLDEN * (highest - lowest));
  for (let round = 1; round < range.rounds; round++) {
    if (first.cost < second.cost) {
      highest = second.x;
      second = first;
      first = look(highest - GOLDEN * (highest - lowest));
    } else {
      lowest = first.x;
      first = second;
      second = look(lowest + GOLDEN * (highest - lowest));
    }
  }
  return first.cost < second.cost ? first.x : second.x;
}

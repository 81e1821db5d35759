/** Work that comes at random to so many cores. */
export interface Work {
  readonly cores: number;
  /** Core-milliseconds. */
  readonly meanMs: number;
  /** Jobs a second for the whole of it. */
  readonly perSecond: number;
}

/** Share of its cores that work takes. From 1 on it piles up for ever. */
export function utilisation({ cores, meanMs, perSecond }: Work): number {
  return (perSecond * meanMs) / 1000 / cores;
}

/** Erlang's C: how likely a job must wait, where jobs take times of an exponential distribution. */
export function chanceOfWaiting(work: Work): number {
  const load = utilisation(work) * work.cores;
  // Erlang's B, by the number of cores.
  let blocked = 1;
  for (let core = 1; core <= work.cores; core++) blocked = (load * blocked) / (core + load * blocked);
  return blocked / (1 - utilisation(work) * (1 - blocked));
}

/** Milliseconds that so many of a hundred jobs wait at most, in the same case. */
export function waitPercentile(work: Work, percent: number): number {
  const waiting = chanceOfWaiting(work);
  const late = 1 - percent / 100;
  if (waiting <= late) return 0;
  return (work.meanMs * Math.log(waiting / late)) / (work.cores * (1 - utilisation(work)));
}

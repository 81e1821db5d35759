const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Has something stopped when this process ends, in whatever way it can still act: by itself, by `process.exit`, by an
 * error, or by a signal. Where the program has its own answer to a signal, that answer decides.
 *
 * @param stop must do its work before it returns
 * @returns undoes this
 */
export function stopWithProcess(stop: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals) => {
    // Whoever else listens brings the process to its end in good order.
    if (process.listenerCount(signal) > 1) return;
    undo();
    stop();
    // What would have happened if we had not listened.
    process.kill(process.pid, signal);
  };
  const undo = () => {
    process.off("exit", stop);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  process.on("exit", stop);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return undo;
}

/** For the `catch` of what is asked of a file: undefined where there is none, and every other fault as it came. */
export function unlessMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
}

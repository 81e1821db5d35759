import pg from "pg";
import { vi } from "vitest";

/** Of the queue, of the keys and of the feed of changes, which are asked now and then whatever the work is. */
const BY_THE_WAY = /pgboss|api_key|^(BEGIN|COMMIT|ROLLBACK)|^SELECT 1$/;

/** The statements that this process sends to Postgres while some work is done. */
export async function countStatements(work: () => Promise<unknown>): Promise<readonly string[]> {
  const statements: string[] = [];
  const send = Reflect.get(pg.Client.prototype, "query") as (...args: unknown[]) => unknown;
  const spy = vi.spyOn(pg.Client.prototype, "query").mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    const [query] = args as [string | { readonly text?: string }];
    const text = typeof query === "string" ? query : (query.text ?? "");
    if (!BY_THE_WAY.test(text)) statements.push(text);
    return send.apply(this, args);
  });
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return statements;
}

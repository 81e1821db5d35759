const FOREIGN_KEY_VIOLATION = "23503";

/** Whether a row could not be written because what it refers to is gone. */
export function isMissingReference(error: unknown): boolean {
  const { code, meta } = error as { code?: unknown; meta?: RawQueryFault };
  // Of Prisma's own statements, and of those that go past it.
  if (code === "P2003" || code === FOREIGN_KEY_VIOLATION) return true;
  // Prisma gives statements in our own words one code for whatever is wrong with them.
  return code === "P2010" && meta?.driverAdapterError?.cause?.originalCode === FOREIGN_KEY_VIOLATION;
}

interface RawQueryFault {
  readonly driverAdapterError?: { readonly cause?: { readonly originalCode?: string } };
}

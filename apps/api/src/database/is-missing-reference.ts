/** Whether a row could not be written because what it refers to is gone. */
export function isMissingReference(error: unknown): boolean {
  return (error as { code?: unknown }).code === "P2003";
}

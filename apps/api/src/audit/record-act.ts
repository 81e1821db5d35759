import type { Prisma } from "../generated/prisma/client.js";
import type { Caller } from "../keys/index.js";
import { hashUserId } from "./hash-user-id.js";

/** Values by name: what an act changed, as it was or as it became. */
export type AuditedState = Readonly<Record<string, string | number | boolean | null>>;

/** Something that was done, and to what. */
export type Act = {
  /** Of the same names as `after`. */
  readonly before: AuditedState;
  readonly after: AuditedState;
} & (
  | {
      readonly action: "PIN_COVER" | "UNPIN_COVER" | "BAN_FRAME" | "UNBAN_FRAME";
      readonly videoId: string;
      readonly frameId: string;
    }
  | { readonly action: "SET_VIDEO_PERSONALIZATION" | "DELETE_VIDEO"; readonly videoId: string }
  | { readonly action: "SET_VIEWER_OPT_OUT" | "EXPORT_VIEWER" | "DELETE_VIEWER"; readonly userId: string }
);

/** Writes an act down in the transaction that it happens in: both are there, or neither. */
export async function recordAct(
  transaction: Prisma.TransactionClient,
  { id: keyId, name: keyName }: Pick<Caller, "id" | "name">,
  act: Act,
): Promise<void> {
  await transaction.auditEvent.create({ data: { keyId, keyName, ...columnsOf(act) } });
}

/** Takes a viewer's id out of every event. They stay, and are found by its hash. */
export async function forgetUserId(transaction: Prisma.TransactionClient, userId: string): Promise<void> {
  await transaction.auditEvent.updateMany({ where: { userId }, data: { userId: null } });
}

function columnsOf(act: Act) {
  if (!("userId" in act)) return act;
  const { userId, ...rest } = act;
  const isGone = act.action === "DELETE_VIEWER";
  return { ...rest, userHash: hashUserId(userId), userId: isGone ? null : userId };
}

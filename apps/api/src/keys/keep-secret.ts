import { randomBytes } from "node:crypto";
import type { PrismaClient } from "../generated/prisma/client.js";

const SECRET_BYTES = 32;

/** A secret of the service under its name: made where there is none, and the same for every process from then on. */
export async function keepSecret(prisma: PrismaClient, name: string): Promise<Uint8Array> {
  const value = Uint8Array.from(randomBytes(SECRET_BYTES));
  // Of several processes that start at once, one is first.
  await prisma.serviceSecret.createMany({ data: { name, value }, skipDuplicates: true });
  return (await prisma.serviceSecret.findUniqueOrThrow({ where: { name } })).value;
}

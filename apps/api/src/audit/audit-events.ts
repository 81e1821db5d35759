import type { UserId, VideoId } from "@facet/domain";
import type { AuditEvent, PrismaClient } from "../generated/prisma/client.js";
import type { AuditAction } from "../generated/resolver-types.js";
import { behindPosition, type PageRequest } from "../graphql/connection.js";
import { hashUserId } from "./hash-user-id.js";

/** Which events are asked for: all that is given must hold. */
export interface AuditFilter {
  readonly videoId?: VideoId | undefined;
  readonly userId?: UserId | undefined;
  readonly action?: AuditAction | undefined;
}

/** The audit, read. */
export class AuditEvents {
  constructor(private readonly prisma: PrismaClient) {}

  /** The newest first; one more than asked for where there are more. */
  list({ first, after }: PageRequest, { videoId, userId, action }: AuditFilter): Promise<AuditEvent[]> {
    return this.prisma.auditEvent.findMany({
      where: {
        ...(videoId !== undefined && { videoId }),
        ...(userId !== undefined && { userHash: hashUserId(userId) }),
        ...(action !== undefined && { action }),
        ...behindPosition("at", after),
      },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: first + 1,
    });
  }
}

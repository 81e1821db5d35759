import { parseUserId, parseVideoId } from "@facet/domain";
import type { AuditChange, Resolvers } from "../generated/resolver-types.js";
import { readPageRequest, toConnection } from "../graphql/connection.js";
import { isUuid } from "../graphql/is-uuid.js";

export const auditResolvers: Resolvers = {
  Query: {
    auditEvents: async (_root, { first, after, videoId, userId, action }, { auth, services }) => {
      auth.require("admin");
      const page = readPageRequest({ first, after }, isUuid);
      const found = await services.auditEvents.list(page, {
        videoId: videoId == null ? undefined : parseVideoId(videoId),
        userId: userId == null ? undefined : parseUserId(userId),
        action: action ?? undefined,
      });
      return toConnection(page, found, (event) => ({ at: event.at, id: event.id }));
    },
  },
  AuditEvent: {
    key: ({ keyId, keyName }) => ({ id: keyId, name: keyName }),
    changes: ({ before, after }) => listChanges(readState(before), readState(after)),
  },
};

type State = Readonly<Record<string, unknown>>;

function listChanges(before: State, after: State): AuditChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].map((name) => ({ name, before: toText(before[name]), after: toText(after[name]) }));
}

/** A CHECK of the table says that it is an object. */
function readState(value: unknown): State {
  return value as State;
}

function toText(value: unknown): string | null {
  if (value == null) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}

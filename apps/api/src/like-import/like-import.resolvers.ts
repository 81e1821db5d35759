import type { LikeImportLine } from "../generated/prisma/client.js";
import type { LikeImportFailureCode, Resolvers, UserErrorCode } from "../generated/resolver-types.js";
import { readPageRequest, toConnection, type Position } from "../graphql/connection.js";
import { MAX_LINES } from "./like-import.js";

export const likeImportResolvers: Resolvers = {
  Query: {
    likeImport: (_root, { id }, { services }) => services.likeImports.find(id),
  },
  Mutation: {
    importLikes: async (_root, { input }, { services }) => {
      const outcome = await services.likeImports.start(input);
      return outcome.ok
        ? { likeImport: outcome.value, userErrors: [] }
        : { likeImport: null, userErrors: [outcome.error] };
    },
  },
  LikeImport: {
    progress: ({ status, doneBytes, totalBytes }) => (status === "DONE" ? 1 : Number(doneBytes) / Number(totalBytes)),
    failure: ({ failureCode, failureMessage }) =>
      failureCode === null ? null : { code: failureCode as LikeImportFailureCode, message: failureMessage ?? "" },
    report: async ({ id }, { first, after, refusedOnly }, { services }) => {
      const page = readPageRequest({ first, after }, isLineNumber);
      const request = { first: page.first, after: Number(page.after?.id ?? 0), refusedOnly };
      return toConnection(page, await services.likeImports.report(id, request), toPosition);
    },
  },
  LikeImportLine: {
    userError: ({ code, message, field }) =>
      code === null ? null : { code: code as UserErrorCode, message: message ?? "", field },
  },
};

function isLineNumber(id: string): boolean {
  return /^\d+$/.test(id) && Number(id) <= MAX_LINES;
}

/** Connections are ordered by a number that they call a moment: here it is the line's. */
function toPosition({ line }: LikeImportLine): Position {
  return { at: new Date(line), id: String(line) };
}

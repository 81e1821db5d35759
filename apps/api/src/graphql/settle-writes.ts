import type { ApolloServerPlugin } from "@apollo/server";
import { OperationTypeNode } from "graphql";
import type { ChangeFeed } from "../changes/index.js";
import type { RequestContext } from "./context.js";

/** A mutation is answered when this process has heard of what it wrote: who asks next sees it, whatever is kept in memory. */
export function settleWrites(feed: Pick<ChangeFeed, "settle">): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse: async ({ operation }) => {
          if (operation?.operation === OperationTypeNode.MUTATION) await feed.settle();
        },
      }),
  };
}

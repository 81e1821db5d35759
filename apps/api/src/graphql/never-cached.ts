import type { ApolloServerPlugin } from "@apollo/server";
import type { RequestContext } from "./context.js";

/**
 * No answer is for a cache on the way: each depends on whose key came with the question. Apollo Server's own plugin for
 * this would ask every field for a hint first, which none of ours gives: a twentieth of the time of a stored cover.
 */
export function neverCached(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse: ({ response }) => {
          response.http.headers.set("cache-control", "no-store");
          return Promise.resolve();
        },
      }),
  };
}

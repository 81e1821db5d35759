import type { FastifyInstance } from "fastify";
import { TUS_PATH, type TusUploads } from "../upload/tus-uploads.js";

/** `/uploads/tus`: resumable uploads by the tus protocol; the last part of an upload's address is its `uploadId`. */
export function registerTusUploads(app: FastifyInstance, tusUploads: TusUploads, maxBytes: number): void {
  void app.register((scope, _options, done) => {
    // The bytes are the protocol's own to read.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, parsed) => parsed(null));

    scope.route({
      method: ["POST", "PATCH", "HEAD", "DELETE", "OPTIONS"],
      url: `${TUS_PATH}/:uploadId?`,
      bodyLimit: maxBytes,
      handler: async (request, reply) => {
        reply.hijack();
        await tusUploads.handle(request.raw, reply.raw);
      },
    });
    done();
  });
}

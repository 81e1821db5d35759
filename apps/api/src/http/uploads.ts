import type { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { UploadIncompleteError, UploadTooLargeError, type UploadStore } from "../upload/upload-store.js";
import { sendProblem } from "./problem.js";

const FORM = /^multipart\/form-data\b/i;
/** Kept as the bytes of a video, it would be found out only while that is ingested. */
const NO_FORM =
  "Send the bytes themselves as the body (curl --data-binary @FILE), and their own type: a form is not taken.";

/** `POST /uploads`: the bytes as the body, their type as `Content-Type`; answers 201 `{"uploadId"}`. */
export function registerUploads(app: FastifyInstance, uploads: UploadStore, maxBytes: number): void {
  void app.register((scope, _options, done) => {
    // Here every body is bytes, JSON too: handed on as the stream that it is.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, parsed) => parsed(null, payload));

    scope.post("/uploads", { bodyLimit: maxBytes }, async (request, reply) => {
      const contentType = request.headers["content-type"];
      if (contentType === undefined || contentType.length > 255) {
        return sendProblem(reply, { status: 415, code: "BAD_USER_INPUT" }, "Say in Content-Type what the bytes are.");
      }
      if (FORM.test(contentType)) return sendProblem(reply, { status: 415, code: "BAD_USER_INPUT" }, NO_FORM);
      const announced = request.headers["content-length"];
      try {
        const upload = await uploads.receive(
          (request.body as Readable | undefined) ?? request.raw,
          contentType,
          announced === undefined ? undefined : Number(announced),
        );
        request.log.info({ uploadId: upload.id, sizeBytes: upload.sizeBytes }, "upload kept");
        return await reply.code(201).send({ uploadId: upload.id });
      } catch (error) {
        // The rest of the body is not read: the connection cannot be used again, and who still sends is to know.
        if (!request.raw.complete) void reply.header("connection", "close");
        if (error instanceof UploadTooLargeError) {
          return sendProblem(reply, { status: 413, code: "LIMIT_EXCEEDED" }, error.message);
        }
        if (error instanceof UploadIncompleteError) {
          return sendProblem(reply, { status: 400, code: "UPLOAD_INCOMPLETE" }, error.message);
        }
        throw error;
      }
    });
    done();
  });
}

import { isUntaggedHd, type ColourMatrix, type FullFormat } from "../full-size/full-format.js";

/** Width and height of the encoder's input. Frames are squashed to it, not cropped: nothing at the edges is lost. */
export const ENCODER_SIZE = 224;

/** Every decoded frame comes out at this size: enough to find shots, fades and repetitions. */
export const THUMB_WIDTH = 64;
export const THUMB_HEIGHT = 36;

/** The label of the filter that tells the time of every frame. */
export const TIMES = "showinfo@times";

/**
 * One decode, three outputs: [every] a thumbnail of each frame, [encoder] and [full] of picked frames only.
 *
 * A thumbnail is taken from an unfiltered small picture, because filtering each full frame would cost a fifth of the
 * decoding, and shots show as well without. `showinfo` alone tells a frame's own time without re-timing it. Full-size
 * pictures are all of the size that the file states: they are read by that, and a stream may change its own on the way.
 */
export function filterGraph(stream: number, pickExpression: string, matrix: ColourMatrix, full: FullFormat): string {
  const readAs = isUntaggedHd(matrix, full.height) ? ":in_color_matrix=bt709" : "";
  return [
    `[0:${stream}]split=2[all][some]`,
    `[all]scale=256:144:flags=neighbor,scale=${THUMB_WIDTH}:${THUMB_HEIGHT}:flags=area,${TIMES}=checksum=0[every]`,
    `[some]select='${pickExpression}',split=2[small][large]`,
    `[small]scale=${ENCODER_SIZE}:${ENCODER_SIZE}:flags=lanczos${readAs}[encoder]`,
    `[large]scale=${full.width}:${full.height},format=${full.pixelFormat}[full]`,
  ].join(";");
}

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
 * A thumbnail is taken from an unfiltered quarter-scale picture, because filtering each full frame would cost a fifth of
 * the decoding; that makes none of the measures on it worse. `showinfo` alone tells a frame's own time without
 * re-timing it.
 */
export function filterGraph(stream: number, pickExpression: string, knowsColours: boolean, isHd: boolean): string {
  // Untagged HD is BT.709 by custom, but ffmpeg takes it for BT.601.
  const from = !knowsColours && isHd ? ":in_color_matrix=bt709" : "";
  return [
    `[0:${stream}]split=2[all][some]`,
    `[all]scale=256:144:flags=neighbor,scale=${THUMB_WIDTH}:${THUMB_HEIGHT}:flags=area,${TIMES}=checksum=0[every]`,
    `[some]select='${pickExpression}',split=2[small][large]`,
    `[small]scale=${ENCODER_SIZE}:${ENCODER_SIZE}:flags=lanczos${from}[encoder]`,
    // Square pixels; JPEG is BT.601 of full range.
    `[large]scale='max(1,round(iw*sar))':ih:flags=lanczos${from}:out_color_matrix=bt601:out_range=pc,setsar=1,format=yuvj420p[full]`,
  ].join(";");
}

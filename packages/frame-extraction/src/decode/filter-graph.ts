/** Width and height of the encoder's input. Frames are squashed to it, not cropped: nothing at the edges is lost. */
export const ENCODER_SIZE = 224;

/** Every decoded frame comes out at this size: enough to find shots, fades and repetitions. */
export const THUMB_WIDTH = 64;
export const THUMB_HEIGHT = 36;

/** The label of the filter that tells the time of every frame. */
export const TIMES = "showinfo@times";

/** How the colours of a stream were made of RGB, as ffprobe names it; `unknown` where the stream does not say. */
export type ColourMatrix = string;

/** ffprobe's names, and those of the `colormatrix` filter. The others count as BT.601, or too rare to be told apart. */
const COLOUR_MATRICES = new Map([
  ["bt709", "bt709"],
  ["smpte240m", "smpte240m"],
  ["bt2020nc", "bt2020"],
]);
/** Untagged video of this height is BT.709 by custom, but ffmpeg takes it for BT.601. */
const HD_HEIGHT = 720;

/**
 * One decode, three outputs: [every] a thumbnail of each frame, [encoder] and [full] of picked frames only.
 *
 * A thumbnail is taken from an unfiltered small picture, because filtering each full frame would cost a fifth of the
 * decoding, and shots show as well without. `showinfo` alone tells a frame's own time without re-timing it. JPEG wants
 * BT.601 of full range; `scale` would change the matrix too, but the builds differ in how, and it is slower.
 */
export function filterGraph(stream: number, pickExpression: string, matrix: ColourMatrix, height: number): string {
  const isUntaggedHd = matrix === "unknown" && height >= HD_HEIGHT;
  const from = COLOUR_MATRICES.get(isUntaggedHd ? "bt709" : matrix);
  const toJpegColours = from === undefined ? "" : `format=yuv420p,colormatrix=${from}:bt601,`;
  const readAs = isUntaggedHd ? ":in_color_matrix=bt709" : "";
  return [
    `[0:${stream}]split=2[all][some]`,
    `[all]scale=256:144:flags=neighbor,scale=${THUMB_WIDTH}:${THUMB_HEIGHT}:flags=area,${TIMES}=checksum=0[every]`,
    `[some]select='${pickExpression}',split=2[small][large]`,
    `[small]scale=${ENCODER_SIZE}:${ENCODER_SIZE}:flags=lanczos${readAs}[encoder]`,
    `[large]${toJpegColours}scale='max(1,round(iw*sar))':ih,setsar=1,format=yuvj420p[full]`,
  ].join(";");
}

/** Width and height as a JPEG's own header states them. */
export function jpegSize(jpeg: Uint8Array): { width: number; height: number } {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  // After the two bytes that start a JPEG come segments: a marker, then the length of what follows.
  for (let at = 2; at + 9 <= jpeg.length; at += 2 + view.getUint16(at + 2)) {
    if (isStartOfFrame(view.getUint16(at))) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
  }
  throw new Error("ffmpeg gave a JPEG without a size.");
}

/** FFC0..FFCF, but for the tables that are among them. */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
}

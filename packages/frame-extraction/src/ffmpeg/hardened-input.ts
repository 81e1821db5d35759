/**
 * Containers that hold their own frames. Playlists and scripts (hls, concat, dash, image sequences) are left out: they
 * are text that makes ffmpeg open other files, and pass for a video whatever their name says. A name that a build does
 * not know does no harm.
 */
const CONTAINERS = "mov,matroska,avi,mpegts,mpeg,ogg,flv,asf,mxf";

/** A damaged header may ask for any amount of memory. */
const MAX_ALLOCATION_BYTES = 500_000_000;

/** Options before `-i` that keep a hostile file from reading others and from taking all memory. */
export function hardenedInput(maxPixels: number): string[] {
  return [
    ...["-protocol_whitelist", "file,pipe"],
    ...["-format_whitelist", CONTAINERS],
    ...["-max_alloc", String(MAX_ALLOCATION_BYTES)],
    ...["-max_pixels", String(maxPixels)],
  ];
}

/** How files of the accepted formats begin: JPEG, PNG, WebP, AVIF, GIF. Strict, so that no other loader answers to it. */
const SIGNATURES = [
  /^\xff\xd8\xff/,
  /^\x89PNG\r\n/,
  /^RIFF[^]{4}WEBP/,
  /^\0\0[^]{2}ftyp(?:avif|avis|mif1|msf1)/,
  /^GIF8[79]a/,
];

/** Whether bytes begin as a file of an accepted format does. What they really are only a decoder finds out. */
export function looksLikePicture(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  return SIGNATURES.some((signature) => signature.test(head));
}

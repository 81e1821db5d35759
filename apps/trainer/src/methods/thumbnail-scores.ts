/**
 * The idea of ffmpeg's `thumbnail` filter (libavfilter/vf_thumbnail.c, `get_best_frame`): the picture of a video is the
 * frame whose colour histogram is nearest to the mean histogram of all frames, by the sum of squared differences. The
 * filter counts 256 values of each channel and takes 100 frames at a time; here the candidate frames are all at hand,
 * and coarser bins say the same of 224 px pictures.
 *
 * @param histograms one per frame, all of one length
 * @returns          one per frame; 0 at the mean, the lower the further from it
 */
export function thumbnailScores(histograms: readonly Float32Array[]): number[] {
  const mean = new Float64Array(histograms[0]?.length ?? 0);
  for (const histogram of histograms) {
    histogram.forEach((share, bin) => (mean[bin] = (mean[bin] ?? 0) + share / histograms.length));
  }
  return histograms.map((histogram) =>
    histogram.reduce((score, share, bin) => score - (share - (mean[bin] ?? 0)) ** 2, 0),
  );
}

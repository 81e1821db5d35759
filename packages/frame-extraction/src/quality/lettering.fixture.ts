/** Letters of five columns by seven rows, top row first, so that writing can be drawn on a machine without fonts. */
const LETTERS: Readonly<Record<string, readonly string[]>> = {
  A: [".###.", "#...#", "#...#", "#####", "#...#", "#...#", "#...#"],
  E: ["#####", "#....", "#....", "####.", "#....", "#....", "#####"],
  F: ["#####", "#....", "#....", "####.", "#....", "#....", "#...."],
  H: ["#...#", "#...#", "#...#", "#####", "#...#", "#...#", "#...#"],
  I: ["#####", "..#..", "..#..", "..#..", "..#..", "..#..", "#####"],
  L: ["#....", "#....", "#....", "#....", "#....", "#....", "#####"],
  M: ["#...#", "##.##", "#.#.#", "#.#.#", "#...#", "#...#", "#...#"],
  T: ["#####", "..#..", "..#..", "..#..", "..#..", "..#..", "..#.."],
};

/**
 * A line of writing as rectangles for an SVG, centred at x.
 *
 * @param text of the letters A E F H I L M T and blanks
 * @param dot  height of a letter's dot, px: a seventh of the letter
 */
export function drawText(text: string, x: number, top: number, dot: number, colour: string): string {
  const left = x - (text.length * 6 * dot) / 2;
  const dots: string[] = [];
  for (let place = 0; place < text.length; place++) {
    const rows = LETTERS[text.charAt(place)] ?? [];
    for (const [y, row] of rows.entries()) {
      for (let column = 0; column < row.length; column++) {
        if (row.charAt(column) !== "#") continue;
        const corner = `x="${left + (place * 6 + column) * dot}" y="${top + y * dot}"`;
        dots.push(`<rect ${corner} width="${dot + 0.1}" height="${dot + 0.1}"/>`);
      }
    }
  }
  return `<g fill="${colour}">${dots.join("")}</g>`;
}

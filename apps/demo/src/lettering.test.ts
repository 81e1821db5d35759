import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { Lettering, type TextStyle } from "./lettering.js";

const black: TextStyle = { size: 20, weight: "regular", colour: "#000000" };
let lettering: Lettering;

beforeAll(async () => {
  lettering = await Lettering.load();
});

describe("lettering", () => {
  test("is outlines, which need no font on the machine", () => {
    expect(lettering.draw("A cover", black, { x: 0, baseline: 20 })).toMatch(/^<path fill="#000000" d="M[^"]+"\/>$/);
  });

  test("marks the paper from its x to its width", async () => {
    const width = Math.ceil(lettering.widthOf("Cover", black));
    const path = lettering.draw("Cover", black, { x: 10, baseline: 25 });
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40">${path}</svg>`;
    const { info } = await sharp(Buffer.from(svg)).trim().toBuffer({ resolveWithObject: true });
    expect(Math.abs((info.trimOffsetLeft ?? 0) + 10)).toBeLessThanOrEqual(3);
    expect(Math.abs(info.width - width)).toBeLessThanOrEqual(4);
  });

  test("cuts a text that is too long short with an ellipsis, inside the width given", () => {
    const short = lettering.draw("A weekend", black, { x: 0, baseline: 20, maxWidth: 200 });
    expect(short).toBe(lettering.draw("A weekend", black, { x: 0, baseline: 20 }));
    const cut = lettering.draw("A weekend away by the sea", black, { x: 0, baseline: 20, maxWidth: 135 });
    expect(cut).toBe(lettering.draw("A weekend…", black, { x: 0, baseline: 20 }));
  });
});

import sharp, { type Sharp } from "sharp";

/**
 * A picture with a sky, rough ground, and shaded balls on it: light, texture and colour much as a photograph has them.
 * Other balls for each seed.
 *
 * @param over SVG to draw over it
 */
export function drawScene(seed: number, over = ""): Sharp {
  const balls = Array.from({ length: 24 }, (_, at) => {
    const spread = (factor: number, range: number): number => ((at + 1) * (seed + 2) * factor) % range;
    const hue = spread(47, 360);
    const shade = `<stop stop-color="hsl(${hue},70%,80%)"/><stop offset="1" stop-color="hsl(${hue},60%,18%)"/>`;
    const ball = `cx="${spread(97, 640)}" cy="${90 + spread(61, 250)}" r="${14 + spread(7, 34)}"`;
    return `<radialGradient id="ball${at}" cx="0.35" cy="0.3">${shade}</radialGradient><circle ${ball} fill="url(#ball${at})"/>`;
  });
  const sky = `<linearGradient id="sky" x2="0" y2="1"><stop stop-color="#4a86d0"/><stop offset="1" stop-color="#e8e2d0"/></linearGradient>`;
  const noise = `<feTurbulence type="fractalNoise" baseFrequency="0.06 0.12" numOctaves="4" seed="${seed}"/>`;
  const green = `<feColorMatrix type="matrix" values="0 0 0 0 0.3  0 0 0 0 0.4  0 0 0 0 0.15  1.6 0 0 0 -0.4"/>`;
  const ground = `<rect y="160" width="640" height="200"`;
  return drawSvg(
    `<defs>${sky}<filter id="rough">${noise}${green}</filter></defs><rect width="640" height="170" fill="url(#sky)"/>` +
      `${ground} fill="#c9c38a"/>${ground} filter="url(#rough)"/>${balls.join("")}${over}`,
  );
}

export function drawSvg(marks: string): Sharp {
  return sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360">${marks}</svg>`));
}

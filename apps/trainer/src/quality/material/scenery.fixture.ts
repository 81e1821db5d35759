import { takeCanvas, type Canvas } from "./canvas.js";

/** A sky, rough ground, and shaded balls on it: light, texture and colour much as a photograph has them. */
export function drawScenery(seed: number): Promise<Canvas> {
  const balls = Array.from({ length: 18 }, (_, at) => {
    const spread = (factor: number, range: number): number => ((at + 1) * (seed + 2) * factor) % range;
    const stops = `<stop stop-color="hsl(${spread(47, 360)},70%,80%)"/><stop offset="1" stop-color="#222"/>`;
    const ball = `cx="${spread(97, 448)}" cy="${70 + spread(61, 170)}" r="${10 + spread(7, 28)}"`;
    return `<radialGradient id="ball${at}" cx="0.35" cy="0.3">${stops}</radialGradient><circle ${ball} fill="url(#ball${at})"/>`;
  });
  const sky = `<linearGradient id="sky" x2="0" y2="1"><stop stop-color="#4a86d0"/><stop offset="1" stop-color="#e8e2d0"/></linearGradient>`;
  const rough = `<filter id="rough"><feTurbulence type="fractalNoise" baseFrequency="0.1" numOctaves="4" seed="${seed}"/><feColorMatrix values="0 0 0 0 0.3  0 0 0 0 0.4  0 0 0 0 0.15  1.6 0 0 0 -0.4"/></filter>`;
  const grounds = [`fill="#c9c38a"`, `filter="url(#rough)"`].map(
    (paint) => `<rect y="110" width="448" height="142" ${paint}/>`,
  );
  const marks = `<defs>${sky}${rough}</defs><rect width="448" height="120" fill="url(#sky)"/>${grounds.join("")}${balls.join("")}`;
  return takeCanvas(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="448" height="252">${marks}</svg>`));
}

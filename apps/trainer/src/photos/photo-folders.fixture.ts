import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { afterAll } from "vitest";

const SHAPES = [
  (at: string) => `<circle ${at} r="20"/>`,
  (at: string) => `<rect ${at.replaceAll("c", "")} width="34" height="34"/>`,
  (at: string) => `<ellipse ${at} rx="28" ry="9"/>`,
];

/** A drawn photo: few shapes of the interest's kind and colour, elsewhere on another ground in each. */
export function drawPhoto(interest: number, photo: number, side = 96): Sharp {
  const hue = (interest * 67) % 360;
  const shape = SHAPES[interest % SHAPES.length] ?? String;
  const marks = Array.from({ length: 3 }, (_, i) => {
    const x = 20 + ((photo * 31 + i * 47) % 60);
    const y = 20 + ((photo * 17 + i * 29) % 60);
    return shape(`cx="${x}" cy="${y}"`);
  });
  const ground = `hsl(${(hue + 150 + photo * 3) % 360}, 20%, ${80 - (photo % 5) * 8}%)`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 96 96"><rect width="96" height="96" fill="${ground}"/><g fill="hsl(${hue}, 85%, 45%)">${marks.join("")}</g></svg>`;
  return sharp(Buffer.from(svg));
}

const made: string[] = [];

afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A folder that goes with the test file that asked for it. */
export async function makeTempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "facet-trainer-"));
  made.push(folder);
  return folder;
}

/** A folder of interests, named `interest-0` and on, with photos `0.png` and on. */
export async function makeInterestFolder(interests: number, photosEach: number): Promise<string> {
  const folder = await makeTempFolder();
  for (let interest = 0; interest < interests; interest++) await addInterest(folder, interest, photosEach);
  return folder;
}

export async function addInterest(folder: string, interest: number, photos: number): Promise<void> {
  const inside = join(folder, `interest-${interest}`);
  await mkdir(inside, { recursive: true });
  for (let photo = 0; photo < photos; photo++) {
    await drawPhoto(interest, photo)
      .png()
      .toFile(join(inside, `${photo}.png`));
  }
}

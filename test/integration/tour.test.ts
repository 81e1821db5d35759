import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { tourSteps } from "./tour-steps.fixture.js";
import { maskTour, walkTour } from "./tour-walk.fixture.js";

// Takes two videos in.
vi.setConfig({ testTimeout: 300_000 });

const TOUR = new URL("../../docs/tour.md", import.meta.url);
let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

test("the tour of the documentation is what the service answers", async () => {
  const walked = await walkTour(service, tourSteps);
  if (process.env["FACET_WRITE_TOUR"] === "1") await writeFile(TOUR, walked);
  expect(maskTour(await readFile(TOUR, "utf8"))).toBe(maskTour(walked));
});

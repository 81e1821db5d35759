import { access } from "node:fs/promises";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startTestService, type TestService } from "./facet-service.fixture.js";

// Starts a browser.
vi.setConfig({ testTimeout: 180_000 });

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const KEY = "an-admin-key-for-tests";

async function findBrowser(): Promise<string | undefined> {
  for (const path of [process.env["FACET_TEST_BROWSER"] ?? "", ...BROWSERS]) {
    if (
      path !== "" &&
      (await access(path).then(
        () => true,
        () => false,
      ))
    )
      return path;
  }
  return undefined;
}

const executablePath = await findBrowser();
if (executablePath === undefined) {
  console.warn("NO BROWSER: the explorer is not tried. Install chromium, or name one in FACET_TEST_BROWSER.");
}

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

test("the page is served without a key, names no other address, and may load from none", async () => {
  const answer = await fetch(`${service.address}/explorer`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await answer.text()).not.toMatch(/https?:\/\//);
});

test.each(["nothing.js", "__proto__", "..%2f..%2fpackage.json", "%2e%2e"])("/explorer/%s is nothing", async (file) => {
  expect((await fetch(`${service.address}/explorer/${file}`)).status).toBe(404);
});

test("it can be turned off", async () => {
  const closed = await startTestService({ FACET_EXPLORER: "off" });
  try {
    expect((await fetch(`${closed.address}/explorer`)).status).toBe(404);
    expect((await fetch(`${closed.address}/explorer/start.js`)).status).toBe(404);
  } finally {
    await closed.close();
  }
});

describe.skipIf(executablePath === undefined)("in a browser that reaches nothing else", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executablePath ?? "",
      args: ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
    });
  });
  afterAll(() => browser.close());

  /** CodeMirror keeps its editor on the element that it draws in. */
  const setEditor = (page: Page, selector: string, text: string) =>
    page.evaluate(
      ([where, value]) => {
        interface Editor {
          readonly CodeMirror: { setValue: (text: string) => void };
        }
        const found = (globalThis as unknown as { document: { querySelector: (selector: string) => Editor | null } })
          .document;
        found.querySelector(where)?.CodeMirror.setValue(value);
      },
      [selector, text] as const,
    );

  test("it runs a query with the key that was typed, asks nobody else, and keeps no key", async () => {
    const page = await browser.newPage();
    const elsewhere: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(service.address))
        elsewhere.push(request.url());
    });
    page.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));

    await page.goto(`${service.address}/explorer`);
    await page.waitForSelector(".graphiql-query-editor .CodeMirror");
    await setEditor(
      page,
      ".graphiql-editor-tool .graphiql-editor:not(.hidden) .CodeMirror",
      JSON.stringify({ authorization: `Bearer ${KEY}` }),
    );
    await setEditor(page, ".graphiql-query-editor .CodeMirror", "query Videos { videos { nodes { id } } }");
    await page.click(".graphiql-execute-button");
    await page.locator(".graphiql-response", { hasText: '"nodes"' }).waitFor();

    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
    const kept = await page.evaluate(
      "JSON.stringify({ ...localStorage, ...sessionStorage, cookie: document.cookie, at: location.href })",
    );
    expect(String(kept)).not.toContain(KEY);
  });
});

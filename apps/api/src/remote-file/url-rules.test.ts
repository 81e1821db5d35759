import { expect, test } from "vitest";
import { HOST_RULE, UrlRules } from "./url-rules.js";

const rules = new UrlRules(["media.example", "*.cdn.example", "media.example:8443"]);

test.each([
  ["https://media.example/a.mp4", "https://media.example/a.mp4"],
  ["https://MEDIA.example:443/a b.mp4#t=3", "https://media.example/a%20b.mp4"],
  ["https://media.example:8443/", "https://media.example:8443/"],
  ["https://eu.west.cdn.example/a?b=c", "https://eu.west.cdn.example/a?b=c"],
])("%s is admitted as %s", (url, kept) => {
  expect(rules.admit(url).href).toBe(kept);
});

test.each([
  ["", "no URL"],
  ["media.example/a.mp4", "no URL"],
  ["http://media.example/a.mp4", "not https"],
  ["file:///etc/passwd", "not https"],
  ["https://ann@media.example/", "user name"],
  ["https://ann:sesame@media.example/", "user name"],
  ["https://other.example/", "not among"],
  ["https://cdn.example/", "not among"],
  ["https://evilcdn.example/", "not among"],
  ["https://media.example.evil.example/", "not among"],
  ["https://media.example@evil.example/", "user name"],
  ["https://media.example:444/", "not among"],
  ["https://media.example./", "not among"],
  ["https://127.0.0.1/", "not among"],
  ["https://[::1]/", "not among"],
  ["https://2130706433/", "not among"],
  [`https://media.example/${"a".repeat(2048)}`, "2048"],
  [`https://media.example/${"é".repeat(400)}`, "2422 characters when percent-encoded: it takes at most 2048"],
])("%s is refused", (url, reason) => {
  const admit = () => rules.admit(url);
  expect(admit).toThrow(expect.objectContaining({ code: "URL_NOT_ALLOWED" }));
  expect(admit).toThrow(reason);
  expect(admit).not.toThrow("sesame");
});

test("an address as long as may be is admitted again in the form in which it is kept", () => {
  const kept = rules.admit(`https://media.example/${"é".repeat(337)}#${"t".repeat(1000)}`).href;
  expect(kept).toHaveLength(2044);
  expect(rules.admit(kept).href).toBe(kept);
});

test("where no host is allowed nothing is, and the message says what is lacking", () => {
  expect(() => new UrlRules([]).admit("https://media.example/")).toThrow("FACET_URL_HOSTS");
});

test.each(["*", "https://media.example", "media.example/", "*.*.example", "-a.example", "a..example", "", "a:b"])(
  "%j is no host to allow",
  (host) => {
    expect(host).not.toMatch(HOST_RULE);
  },
);

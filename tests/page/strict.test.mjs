// The page is its own: nothing inline, nothing from elsewhere, nothing kept, and no way for another
// site to use it. (That no request leaves the origin is checked after every test, in OurPage.)
import assert from "node:assert/strict";
import test from "node:test";
import { workbench } from "./support/workbench.mjs";

const bench = workbench();

test("the page comes with a policy that forbids what it does not need", async () => {
  const policy = (await fetch(bench.origin)).headers.get("content-security-policy") ?? "";
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self'(;|$)/);
  assert.match(policy, /style-src 'self'(;|$)/);
  assert.match(policy, /connect-src 'self'(;|$)/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe|https?:/);
});

test("nothing is inline and nothing is loaded from elsewhere", async () => {
  const html = await (await fetch(bench.origin)).text();
  assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/);
  const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
  assert.ok(addresses.length >= 3);
  for (const address of addresses) assert.match(address, /^\.\/assets\/[\w.-]+$/);
});

test("what the page loads is named by its content and may be kept for ever; the page itself not", async () => {
  const page = await fetch(bench.origin);
  assert.match(page.headers.get("cache-control"), /no-cache/);
  const addresses = (await page.text()).match(/assets\/[\w.-]+/g);
  for (const address of addresses) {
    const asset = await fetch(`${bench.origin}/${address}`);
    assert.equal(asset.status, 200, address);
    assert.match(asset.headers.get("cache-control"), /immutable/, address);
    const again = await fetch(`${bench.origin}/${address}`, {
      headers: { "If-None-Match": asset.headers.get("etag") },
    });
    assert.equal(again.status, 304, address);
  }
});

test("pictures leave nothing behind in the browser's stores", () =>
  bench.onPage({}, async (ours) => {
    await ours.choose(bench.group);
    await ours.says("group.png", "Done");
    await ours.page.getByRole("button", { name: "中文" }).click();
    const kept = await ours.page.evaluate(async () => ({
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      cookies: document.cookie,
    }));
    const nothingElse = { session: [], databases: 0, caches: 0, cookies: "" };
    assert.deepEqual(kept, { local: ["faceveil.language"], ...nothingElse });
  }));

test("the whole way asks for nothing but the page, its files, the version and the hiding", () =>
  bench.onPage({}, async (ours) => {
    await ours.choose(bench.group);
    await ours.says("group.png", "Done");
    const paths = ours.requests
      .filter((request) => request.url().startsWith("http"))
      .map((request) => new URL(request.url()).pathname.replace(/^\/assets\/.*/, "/assets/"));
    assert.deepEqual([...new Set(paths)].sort(), [
      "/",
      "/api/v1/apply",
      "/api/v1/plan",
      "/api/v1/version",
      "/assets/",
    ]);
  }));

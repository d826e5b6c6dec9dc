// All the ways in which pictures come to the page, and what is seen while they are worked on.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { groupFaces } from "./support/drawn.mjs";
import { sharedFile } from "./support/program.mjs";
import { workbench } from "./support/workbench.mjs";

const bench = workbench();
const found = `${groupFaces.length} faces hidden`;

test("a picture dropped on the drop zone is hidden", () =>
  bench.onPage({}, async (ours) => {
    await ours.drop("main", bench.group);
    await ours.says("group.png", "Done");
    await ours.says("group.png", found);
  }));

test("a picture may be dropped anywhere on the window, also when others are there", () =>
  bench.onPage({}, async (ours) => {
    await ours.drop("footer", bench.group);
    await ours.says("group.png", found);
    await ours.drop("header", bench.groupJpeg);
    await ours.says("group.jpg", found);
    assert.equal(await ours.cards().count(), 2);
  }));

test("several pictures are chosen at once, each gets a card in the order chosen", () =>
  bench.onPage({}, async (ours) => {
    await ours.choose(bench.group, bench.groupJpeg, bench.landscape);
    for (const name of ["group.png", "group.jpg"]) await ours.says(name, found);
    await ours.says("hills.png", "No face found; the picture is unchanged");
    const names = await ours.cards().getByRole("heading").allTextContents();
    assert.deepEqual(names, ["group.png", "group.jpg", "hills.png"]);
  }));

test("a picture is pasted from the clipboard with the keyboard", () =>
  bench.onPage({ permissions: ["clipboard-read", "clipboard-write"] }, async (ours) => {
    await ours.page.bringToFront();
    const base64 = (await readFile(bench.group)).toString("base64");
    await ours.page.evaluate(async (data) => {
      const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
      const picture = new Blob([bytes], { type: "image/png" });
      await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
    }, base64);
    await ours.page.keyboard.press("Control+V");
    await ours.cards().getByText(found).first().waitFor();
  }));

test("progress is shown as a number that never falls, and then Done", () =>
  bench.onPage({}, async (ours) => {
    await ours.page.evaluate(() => {
      window.seen = [];
      const note = () => {
        const bar = document.querySelector("[role=progressbar]");
        const words = document.querySelector("li")?.textContent ?? "";
        if (bar) window.seen.push({ value: Number(bar.ariaValueNow), words });
      };
      new MutationObserver(note).observe(document.body, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
    });
    await ours.choose(bench.group);
    await ours.says("group.png", "Done");
    const seen = await ours.page.evaluate(() => window.seen);
    const values = seen.map(({ value }) => value);
    assert.ok(
      seen.some(({ words }) => words.includes("Processing…")),
      "no word of processing",
    );
    assert.ok(
      values.every((value) => value >= 0 && value <= 100),
      values.join(),
    );
    assert.deepEqual(
      values,
      [...values].sort((a, b) => a - b),
    );
    assert.ok(new Set(values).size > 1, "the bar never moved");
    assert.equal(await ours.page.getByRole("progressbar").count(), 0);
  }));

test("at most two pictures are sent at once", () =>
  bench.onPage({}, async (ours) => {
    let atOnce = 0;
    let most = 0;
    await ours.page.route("**/api/v1/plan", async (route) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((done) => setTimeout(done, 150));
      await route.continue();
    });
    ours.page.on("requestfinished", (request) => {
      if (request.url().endsWith("/api/v1/plan")) atOnce -= 1;
    });
    const names = ["1.png", "2.png", "3.png", "4.png", "5.png"];
    const picture = await readFile(bench.group);
    await ours.choose(...(await Promise.all(names.map((name) => bench.file(name, picture)))));
    for (const name of names) await ours.says(name, "Done");
    assert.equal(most, 2);
  }));

test("a busy program is asked again after the time that it names", () =>
  bench.onPage({}, async (ours) => {
    ours.expectedErrors.push(/503/);
    const times = [];
    await ours.page.route("**/api/v1/plan", (route) => {
      times.push(Date.now());
      if (times.length > 1) return route.continue();
      return route.fulfill({ status: 503, headers: { "Retry-After": "1" }, body: "{}" });
    });
    await ours.choose(bench.group);
    await ours.says("group.png", found);
    assert.equal(times.length, 2);
    assert.ok(times[1] - times[0] >= 950, `asked again after ${times[1] - times[0]} ms`);
  }));

const photograph = sharedFile("photos/sample5.jpg");
test(
  "sample5.jpg: all five faces are hidden, and a railing that might be one",
  { skip: !photograph && "the photograph is not here" },
  () =>
    bench.onPage({}, async (ours) => {
      await ours.choose(photograph);
      await ours.says("sample5.jpg", "6 faces hidden");
    }),
);

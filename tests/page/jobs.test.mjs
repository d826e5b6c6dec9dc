// Hundreds of pictures: a job of the program, which the page can leave and come back to.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { strFromU8, unzipSync } from "fflate";
import { OurPage } from "./support/our_page.mjs";
import { startProgram } from "./support/program.mjs";
import { smallPng } from "./support/small_png.mjs";
import { violations } from "./support/wcag.mjs";
import { workbench } from "./support/workbench.mjs";

const bench = workbench();
const calm = { reducedMotion: "reduce" };

const nameOf = (number) => `p${String(number).padStart(3, "0")}.png`;

/** A folder of so many pictures: a group, a letter that is none, and small ones. */
async function folderOf(name, count) {
  await bench.file(`${name}/group.jpg`, await readFile(bench.groupJpeg));
  await bench.file(`${name}/letter.jpg`, "Dear Sir or Madam,\n");
  for (let i = 2; i < count; i += 1) await bench.file(`${name}/${nameOf(i)}`, smallPng(i));
  return join(bench.folder, name);
}

async function bring(ours, folder) {
  await ours.page.locator(".folder-chooser input").setInputFiles(folder);
}

const facts = ({ page }, pattern) => page.locator(".batch .batch-facts").getByText(pattern).waitFor();

async function open(ours) {
  const earlier = ours.page.getByRole("region", { name: "Batches from before" });
  await earlier.getByRole("button", { name: /^Open/ }).click();
}

async function zipOf(ours) {
  const { name, bytes } = await ours.download(
    ours.page.locator(".toolbar").getByText(/^Download all/),
  );
  assert.equal(name, "faceveil.zip");
  const entries = unzipSync(bytes);
  return { names: Object.keys(entries), report: JSON.parse(strFromU8(entries["report.json"])) };
}

test("300 pictures: paused, one cancelled, tried again, left and found again, corrected, and given", () =>
  bench.onPage(calm, async (ours) => {
    const { page } = ours;
    page.setDefaultTimeout(120_000);
    await bring(ours, await folderOf("many", 300));
    await page.getByRole("button", { name: "Pause" }).click();
    await facts(ours, /Paused/);
    const last = nameOf(299);
    await page.getByRole("button", { name: `Cancel ${last}`, exact: true }).click();
    await ours.says(last, "Cancelled before it was done.");
    await page.getByRole("button", { name: "Go on" }).click();
    await facts(ours, /^298 of 300 done · 2 not done/);
    await ours.says("letter.jpg", /not a picture|does not handle/);
    await page.getByRole("button", { name: `Try again: ${last}` }).click();
    await facts(ours, /^299 of 300 done · 1 not done/);

    // The page holds what is seen, not 300 pictures.
    assert.ok((await page.evaluate(() => document.images.length)) < 60);
    await page.reload();
    await page.getByText("299 of 300 pictures done, 1 not done", { exact: true }).waitFor();
    assert.deepEqual(await violations(ours), []);
    await ours.screenshot("earlier-batches-en");
    await open(ours);
    await facts(ours, /^299 of 300 done · 1 not done/);
    assert.equal(await ours.cards().count(), 300);
    assert.ok((await page.evaluate(() => document.images.length)) < 60);

    // A correction, though the page no longer has the original.
    await ours.review("group.jpg");
    await ours.faces().first().focus();
    await page.keyboard.press("Space");
    await ours.settled();
    await page.keyboard.press("Escape");

    const { names, report } = await zipOf(ours);
    assert.equal(names.length, 300);
    assert.deepEqual([report.inputs, report.failed], [300, 1]);
    const of = (input) => report.results.find((one) => one.input === input);
    assert.match(of("letter.jpg").error, /not a picture|does not handle/);
    assert.deepEqual([of("group.jpg").kept, of("group.jpg").faces], [1, 2]);
    assert.equal(of(last).status, "unchanged");

    await page.getByRole("button", { name: "Remove all" }).click();
    const ids = await page.evaluate(() => localStorage.getItem("faceveil.jobs"));
    assert.equal(ids, "[]");
  }));

test("a batch without a mouse, announced", () =>
  bench.onPage(calm, async (ours) => {
    const { page } = ours;
    await bring(ours, await folderOf("few", 14));
    const said = (text) => page.getByRole("status").filter({ hasText: text }).first().waitFor();
    await Promise.all([
      said("letter.jpg is not done"),
      said(/\d+ of 14 done\./),
      facts(ours, /^13 of 14 done · 1 not done/),
    ]);
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
    await page.getByRole("button", { name: "All faces" }).focus();
    await page.keyboard.press("Tab");
    assert.match(await focused(), /^Download all/);
    for (const next of [/^Remove all/, /^Try 1 again/]) {
      await page.keyboard.press("Tab");
      assert.match(await focused(), next);
    }
    await page.keyboard.press("Enter");
    await facts(ours, /^13 of 14 done · 1 not done/);
    assert.deepEqual(await violations(ours), []);
  }));

test("settings that are changed hold for a batch too", () =>
  bench.onPage(calm, async (ours) => {
    await bring(ours, await folderOf("again", 12));
    await facts(ours, /^11 of 12 done/);
    await ours.pick("Solid");
    await facts(ours, /^11 of 12 done/);
    await ours.pick("Green frame");
    await facts(ours, /^11 of 12 done/);
    const { names, report } = await zipOf(ours);
    assert.equal(names.length, 12);
    const group = report.results.find(({ input }) => input === "group.jpg");
    assert.deepEqual([...new Set(group.regions.map(({ effect }) => effect))], ["solid"]);
  }));

test("when the program is killed, what was done is there again, and the rest is tried again", async () => {
  const folder = await mkdtemp(join(tmpdir(), "faceveil-jobs-"));
  const first = await startProgram([], { folder });
  const context = await bench.browser.newContext({ locale: "en-US", ...calm });
  let second;
  try {
    const ours = await OurPage.open(context, first.origin);
    const { page } = ours;
    ours.expectedErrors.push(/ERR_|Failed to load|404|409/);
    const group = await readFile(bench.groupJpeg);
    for (let i = 0; i < 12; i += 1) await bench.file(`cut/${nameOf(i)}`, i < 3 ? smallPng(i) : group);
    await bring(ours, join(bench.folder, "cut"));
    await facts(ours, /^[3-9] of 12 done/);
    await first.kill();
    await page.getByText("FaceVeil does not answer.", { exact: false }).first().waitFor();
    second = await startProgram([], { folder, port: first.port });
    await page.reload();
    await open(ours);
    await facts(ours, /not done/);
    await page.getByText("The program ended before this picture was done.", { exact: false }).first().waitFor();
    await ours.says(nameOf(0), "Done");
    const { bytes } = await ours.download(ours.downloadLink(nameOf(0)));
    assert.deepEqual([...bytes.subarray(1, 4)], [...Buffer.from("PNG")]);
    ours.assertClean();
  } finally {
    await context.close();
    await second?.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

for (const [locale, colorScheme] of [
  ["en-US", "light"],
  ["zh-CN", "dark"],
]) {
  test(`the views of a batch: nothing scrolls sideways, no serious violation (${locale}, ${colorScheme})`, () =>
    bench.onPage({ ...calm, locale, colorScheme }, async (ours) => {
      const { page } = ours;
      const check = async (name) => {
        for (const [width, height, suffix] of [
          [1280, 860, ""],
          [360, 740, "-phone"],
        ]) {
          await page.setViewportSize({ width, height });
          await ours.screenshot(`${name}-${locale}${suffix}`);
          assert.deepEqual(await violations(ours), [], name);
          const overhang = () => document.documentElement.scrollWidth - window.innerWidth;
          assert.equal(await page.evaluate(overhang), 0, `${name} scrolls sideways`);
        }
      };
      let held = true;
      const waiting = [];
      await page.route("**/api/v1/jobs/*/files", async (route) => {
        if (held) await new Promise((go) => waiting.push(go));
        await route.continue().catch(() => undefined);
      });
      await bring(ours, await folderOf(`views-${locale}`, 12));
      await facts(ours, /^(1 of 12 done|已完成 1 \/ 12)/);
      await check("batch-working");
      held = false;
      for (const go of waiting) go();
      await facts(ours, /1 not done|1 张未完成/);
      await check("batch-done");
      await page.reload();
      await page.locator(".earlier-batch").waitFor();
      await check("batch-from-before");
    }));
}

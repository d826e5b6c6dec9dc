// Many pictures, the camera, the panels, and the rules of accessibility.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { violations } from "./support/wcag.mjs";
import { workbench } from "./support/workbench.mjs";

const bench = workbench();
const calm = { reducedMotion: "reduce" };

test("a batch is paused, goes on, is cancelled, and tried again; nothing is skipped silently", () =>
  bench.onPage(calm, async (ours) => {
    const { page } = ours;
    ours.expectedErrors.push(/4(15|22)/);
    const picture = await readFile(bench.landscape);
    const names = ["a.png", "b.png", "c.png", "d.png"];
    const paths = await Promise.all(names.map((name) => bench.file(`batch/${name}`, picture)));
    const letter = await bench.file("batch/letter.jpg", "Dear Sir or Madam,\n");
    let held = true;
    const waiting = [];
    await page.route("**/api/v1/plan", async (route) => {
      if (held) await new Promise((go) => waiting.push(go));
      await route.continue().catch(() => undefined);
    });
    await ours.choose(...paths, letter);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText(/Paused/).waitFor();
    held = false;
    for (const go of waiting) go();
    await ours.says("b.png", "Done");
    await page.getByText(/^2 of 5 done/).waitFor();
    await page.getByRole("button", { name: "Cancel the rest" }).click();
    for (const name of ["c.png", "letter.jpg"])
      await ours.says(name, "Cancelled before it was done.");
    await page.getByText(/3 not done/).waitFor();
    await page.getByRole("button", { name: "Try 3 again" }).click();
    await ours.says("d.png", "Done");
    await ours.says("letter.jpg", /not a picture|does not handle/);
    await page.getByRole("button", { name: "Not done (1)" }).click();
    assert.equal(await ours.cards().count(), 1);
  }));

test("a folder brings all that is in it", () =>
  bench.onPage(calm, async (ours) => {
    const picture = await readFile(bench.landscape);
    for (const name of ["x.png", "deep/y.png", ".hidden"])
      await bench.file(`folder/${name}`, picture);
    await ours.page.locator(".folder-chooser input").setInputFiles(`${bench.folder}/folder`);
    for (const name of ["x.png", "y.png"]) await ours.says(name, "Done");
    assert.equal(await ours.cards().count(), 2);
  }));

test("the slider says what a sensitivity costs", () =>
  bench.onPage(calm, async (ours) => {
    const { page } = ours;
    await page
      .getByText("Misses about 10 in 100 faces, marks about 1.5 wrong places a picture.")
      .waitFor();
    await page.getByRole("slider", { name: "Sensitivity" }).focus();
    await page.keyboard.press("End");
    await page
      .getByText("Misses about 6 in 100 faces, marks about 4 wrong places a picture.")
      .waitFor();
  }));

test("the camera's picture goes the way of every other", () =>
  bench.onPage({ ...calm, permissions: ["camera"] }, async (ours) => {
    const { page } = ours;
    await page.getByRole("button", { name: "Camera" }).click();
    const take = page.getByRole("button", { name: "Take the picture" });
    await take.and(page.locator(":enabled")).click();
    await ours.cards().getByText("Done", { exact: true }).waitFor();
    assert.match(await ours.cards().getByRole("heading").textContent(), /^camera-\d+\.jpg$/);
  }));

test("what left the page, and what was in the files, can be seen", () =>
  bench.onPage(calm, async (ours) => {
    const { page } = ours;
    const withTail = Buffer.concat([await readFile(bench.landscape), Buffer.from("left behind")]);
    await ours.choose(await bench.file("tail.png", withTail));
    await ours.says("tail.png", "Done");
    await page.getByRole("button", { name: "Privacy" }).click();
    await page.getByText("0 requests went to other computers.").waitFor();
    await page.getByText("Connections that it opened to elsewhere: 0.").waitFor();
    await page.getByText("Files on its disk that could be one of your originals: 0.").waitFor();
    await page.getByRole("button", { name: "Look into the files" }).click();
    await page.locator(".finding .fate--dropped").first().waitFor();
    await ours.screenshot("privacy-en");
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("dialog").count(), 0);
  }));

for (const [locale, colorScheme] of [
  ["en-US", "light"],
  ["zh-CN", "dark"],
]) {
  test(`no serious violation of WCAG 2.2 AA, and no scrolling sideways (${locale}, ${colorScheme})`, () =>
    bench.onPage({ ...calm, locale, colorScheme }, async (ours) => {
      const { page } = ours;
      const check = async (name) => {
        assert.deepEqual(await violations(ours), [], name);
        await ours.screenshot(`${name}-${locale}`);
        await page.setViewportSize({ width: 360, height: 740 });
        const overhang = () => document.documentElement.scrollWidth - window.innerWidth;
        assert.equal(await page.evaluate(overhang), 0, `${name} scrolls sideways`);
        await ours.screenshot(`${name}-${locale}-phone`);
        await page.setViewportSize({ width: 1280, height: 860 });
      };
      await check("desk-empty");
      await page.getByRole("button", { name: /^(Help|帮助)$/ }).click();
      await check("help");
      await page.keyboard.press("Escape");
      await ours.choose(bench.group, bench.landscape);
      for (const name of ["group.png", "hills.png"]) await ours.downloadLink(name).waitFor();
      await check("desk");
      await page.getByRole("button", { name: /^(All faces|全部人脸)$/ }).click();
      await page.locator(".tile .crop--drawn").nth(2).waitFor();
      await check("sheet");
      await page.locator(".tile-open").first().click();
      await ours.settled();
      await check("review");
    }));
}

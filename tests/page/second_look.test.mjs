// The program looks again at each picture before it gives it: what it finds is hidden too, or the
// person decides; and all of it can be seen.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { unzipSync } from "fflate";
import { groupFaces } from "./support/drawn.mjs";
import { workbench } from "./support/workbench.mjs";

const bench = workbench();
const calm = { reducedMotion: "reduce", viewport: { width: 1280, height: 860 } };
const phone = { width: 360, height: 740 };

// A detector that misses the second face at its first look.
async function missOne(page) {
  await page.evaluate(() => {
    const { parse } = JSON;
    JSON.parse = (text) => {
      const value = parse(text);
      value?.tracks?.splice(1, 1);
      return value;
    };
  });
}

// How much the picture that is shown differs from the original at the face that differs least.
async function faceChange(ours) {
  const base64 = await ours.page.evaluate(() => {
    const image = document.querySelector(".review-image");
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext("2d").drawImage(image, 0, 0);
    return canvas.toDataURL("image/png").split(",")[1];
  });
  const shown = Buffer.from(base64, "base64");
  const { faceChange: changes } = await ours.compare(
    await readFile(bench.group),
    shown,
    groupFaces,
  );
  return Math.min(...changes);
}

async function moveAFaceAway({ page }) {
  await page.locator(".face-button").first().focus();
  for (let i = 0; i < 40; i += 1) await page.keyboard.press("ArrowDown");
}

test("a face that only looking again finds is hidden too, and to be checked", () =>
  bench.onPage(calm, async (ours) => {
    const { page } = ours;
    ours.expectedErrors.push(/422/);
    await missOne(page);
    await ours.choose(bench.group, bench.landscape);
    for (const name of ["group.png", "hills.png"]) await ours.says(name, "Done");
    await ours.says("group.png", "3 faces hidden");
    const plans = (await ours.sentPlans()).map(({ tracks }) => tracks.length);
    assert.ok(plans.includes(2) && plans.includes(3), String(plans));
    const all = await ours.download(page.getByRole("button", { name: "Download all (2)" }));
    const report = JSON.parse(Buffer.from(unzipSync(all.bytes)["report.json"]).toString());
    const entry = report.results.find(({ input }) => input === "group.png");
    assert.equal(entry.verify.faces_added, 1);
    assert.equal(entry.verify.checks.faces, "clean");
    assert.equal(entry.needs_review, 1);
    await ours.review("group.png");
    await page.getByRole("button", { name: "Next doubtful (1)" }).waitFor();
  }));

test("a found face that a person deletes is their decision", () =>
  bench.onPage(calm, async (ours) => {
    const { page } = ours;
    await ours.choose(bench.group);
    await ours.says("group.png", "Done");
    await ours.review("group.png");
    await page.locator(".face-button").first().focus();
    await page.keyboard.press("Delete");
    await page.getByText("2 hidden, 0 kept").waitFor();
    await ours.settled();
    const { tracks } = (await ours.sentPlans()).at(-1);
    assert.deepEqual(tracks.map(({ decision }) => decision).sort(), ["hide", "hide", "keep"]);
  }));

for (const [locale, words] of [
  [
    "en-US",
    {
      sentence: /found a face in sight, so there is no result yet/,
      too: "Hide that too",
      asItIs: "Take it as it is",
      back: "Back to the pictures",
      privacy: "Privacy",
      check: /found in 1 Faces in sight/,
    },
  ],
  [
    "zh-CN",
    {
      sentence: /1 张可见的人脸。因此暂不给出结果/,
      too: "一并遮挡",
      asItIs: "仍按现状使用",
      back: "返回图片列表",
      privacy: "隐私",
      check: /1 张有发现 可见的人脸/,
    },
  ],
])
  test(`a face left by a correction: the person decides, and the panel says so (${locale})`, () =>
    bench.onPage({ ...calm, locale }, async (ours) => {
      const { page } = ours;
      ours.expectedErrors.push(/422/);
      const button = (name) => page.getByRole("button", { name, exact: true });
      await ours.choose(bench.group);
      await ours.downloadLink("group.png").waitFor();
      await ours.review("group.png");
      await moveAFaceAway(ours);
      await page.getByText(words.sentence).first().waitFor();
      assert.equal(await faceChange(ours), 0, "the face that is in sight is shown so");
      await ours.screenshot(`withheld-review-${locale}`);
      await button(words.too).click();
      await ours.settled();
      assert.equal(await ours.faces().count(), 4);
      await page.keyboard.press("Control+z");
      await page.getByText(words.sentence).first().waitFor();
      await button(words.back).click();
      assert.equal(await ours.downloadLink("group.png").count(), 0);
      await ours.screenshot(`withheld-${locale}`);
      await page.setViewportSize(phone);
      const overhang = () => document.documentElement.scrollWidth - window.innerWidth;
      assert.equal(await page.evaluate(overhang), 0);
      await ours.screenshot(`withheld-${locale}-phone`);
      await button(words.asItIs).click();
      await ours.downloadLink("group.png").waitFor();
      await button(words.privacy).click();
      await page.getByRole("listitem").filter({ hasText: words.check }).waitFor();
      await ours.screenshot(`second-look-${locale}-phone`);
      await page.setViewportSize(calm.viewport);
      await ours.screenshot(`second-look-${locale}`);
    }));

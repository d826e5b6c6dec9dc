// Films and batches for who sees nothing of the page and has no mouse: every control has a name in
// the page's language, what happens is said, and the bars of the timeline are reached and tell all.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { walkingFilm } from "./support/films.mjs";
import { smallPng } from "./support/small_png.mjs";
import { spokenControls, spokenFocus, tabTo } from "./support/spoken.mjs";
import { workbench } from "./support/workbench.mjs";

const bench = workbench();
const patient = { timeout: 60_000 };
const calm = { reducedMotion: "reduce" };
let film;

// Whole pictures of the language's script; names of files, numbers and other languages' own names
// are the same in both.
const sameInBoth = /[\w-]+\.(mp4|gif|png|jpg)|FaceVeil|人脸隐私卫士|English|中文|\d+|Ctrl\+V/g;
const foreign = { "en-US": /[\u4e00-\u9fff]/, "zh-CN": /[A-Za-z]{2,}/ };

async function assertNames(ours, locale, view) {
  const all = await spokenControls(ours);
  assert.ok(all.length > 5, `${view}: only ${all.length} controls`);
  for (const { role, name } of all) {
    assert.notEqual(name, "", `${view}: a ${role} without a name`);
    const own = name.replace(sameInBoth, "");
    assert.doesNotMatch(own, foreign[locale], `${view}: the ${role} “${name}”`);
  }
}

const said = ({ page }, text) =>
  page.getByRole("status").filter({ hasText: text }).first().waitFor({ ...patient, state: "attached" });

for (const [locale, words] of [
  [
    "en-US",
    {
      find: "walk.mp4: Finding faces",
      ready: /walk\.mp4: Ready\. .*hidden, 0 kept/,
      review: "Review walk.mp4",
      bar: /^Track \d+, (Certain|Doubtful), hidden from 0:0\d\.\d to 0:0\d\.\d/,
      kept: /^Track 1, Kept visible from 0:0/,
      moment: "Moment of the film",
      changed: "Your corrections are stored",
      again: "Hide again",
      anew: /walk\.mp4: Ready\. .*, 1 kept/,
    },
  ],
  [
    "zh-CN",
    {
      find: "walk.mp4：正在查找人脸",
      ready: /walk\.mp4：已完成。.*遮挡 \d+ 条轨迹/,
      review: "检查 walk.mp4",
      bar: /^轨迹 \d+，(确定|存疑)，遮挡，从 0:0\d\.\d 到 0:0\d\.\d/,
      kept: /^轨迹 1，保留可见，从 0:0/,
      moment: "视频的时刻",
      changed: "修改已保存",
      again: "重新遮挡",
      anew: /walk\.mp4：已完成。.*保留 1 条/,
    },
  ],
])
  test(`a film is followed, reviewed and hidden again by ear and keyboard alone (${locale})`, () =>
    bench.onPage({ ...calm, locale }, async (ours) => {
      const { page } = ours;
      film ??= await walkingFilm(bench);
      await Promise.all([
        said(ours, words.find),
        said(ours, words.ready),
        ours.choose(film),
      ]);
      await assertNames(ours, locale, "card");

      await tabTo(ours, ({ name }) => name === words.review);
      await page.keyboard.press("Enter");
      await page.locator(".review-image").waitFor();
      await assertNames(ours, locale, "review");

      // The arrows go from picture to picture on the slider too.
      await tabTo(ours, ({ role, name }) => role === "slider" && name === words.moment);
      const clock = page.locator(".film-clock");
      const before = await clock.textContent();
      await page.keyboard.press("ArrowRight");
      await page.waitForFunction(
        (old) => document.querySelector(".film-clock").textContent !== old,
        before,
      );
      await page.keyboard.press("ArrowLeft");
      await clock.getByText(before, { exact: true }).waitFor();

      const bars = await page.locator(".track-bar").count();
      assert.ok(bars >= 2);
      for (let i = 0; i < bars; i += 1) {
        const [bar] = (await tabTo(ours, ({ name }) => words.bar.test(name), 3)).slice(-1);
        assert.equal(bar.role, "button");
      }
      // From the last bar back to the first one, which is chosen and kept.
      while ((await spokenFocus(ours)).name !== (await page.locator(".track-bar").first().getAttribute("aria-label")))
        await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Enter");
      assert.equal(await page.locator(".track-bar").first().getAttribute("aria-pressed"), "true");
      await assertNames(ours, locale, "review with a track chosen");
      await page.keyboard.press("k");
      await said(ours, words.changed);
      assert.match((await spokenFocus(ours)).name, words.kept);
      await page.getByRole("button", { name: words.again, exact: true }).focus();
      await page.keyboard.press("Enter");
      await said(ours, words.anew);
    }));

for (const locale of ["en-US", "zh-CN"])
  test(`every control of a batch and of a picture's review has a name (${locale})`, () =>
    bench.onPage({ ...calm, locale }, async (ours) => {
      const { page } = ours;
      const paths = [await bench.file("named/group.jpg", await readFile(bench.groupJpeg))];
      for (let i = 1; i < 10; i += 1) paths.push(await bench.file(`named/p${i}.png`, smallPng(i)));
      await ours.choose(...paths);
      await page.locator(".batch").waitFor();
      await assertNames(ours, locale, "batch at work");
      await page.locator(".batch .batch-facts").getByText(/^(10 of 10 done|已完成 10 \/ 10)/).waitFor(patient);
      await said(ours, /10 of 10|10 \/ 10/);
      await assertNames(ours, locale, "batch done");
      await ours.review("group.jpg");
      await assertNames(ours, locale, "review of a picture");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: /^(All faces|全部人脸)/ }).click();
      await assertNames(ours, locale, "all faces");
    }));

test("no hatching sticks out of its bar, even where only the last moment was not seen", () =>
  bench.onPage(calm, async (ours) => {
    const { page } = ours;
    film ??= await walkingFilm(bench);
    await page.route(/\/plan$/, async (route) => {
      const answer = await route.fetch();
      const plan = await answer.json();
      for (const { keyframes } of plan.tracks) {
        keyframes[0].score = 0;
        keyframes.at(-1).score = 0;
      }
      await route.fulfill({ response: answer, json: plan });
    });
    await ours.choose(film);
    await ours.card("walk.mp4").getByText("Ready").waitFor(patient);
    await ours.card("walk.mp4").getByRole("button", { name: /^Review/ }).click();
    await page.locator(".track-unseen").first().waitFor();
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      const lanes = await page.evaluate(() =>
        [...document.querySelectorAll(".track-lane")].map((lane) => {
          const side = (one) => (({ left, right }) => [left, right])(one.getBoundingClientRect());
          const hatchings = [...lane.querySelectorAll(".track-unseen")].map(side);
          return { bar: side(lane.querySelector(".track-bar")), hatchings };
        }),
      );
      for (const { bar, hatchings } of lanes) {
        assert.ok(hatchings.length >= 2);
        for (const [left, right] of hatchings) {
          assert.ok(right - left >= 3.9, `${right - left} px are not seen`);
          // Within the border, on which it would not be seen.
          assert.ok(left >= bar[0] + 2.5 && right <= bar[1] - 2.5, `${[left, right]} of ${bar}`);
        }
      }
      await ours.screenshot(`film-hatching-${width}`);
    }
  }));

// A film goes the way of a picture: hidden at once, reviewed over its time by a person, and what they
// did is in the plan, in the film and in the report.
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import test from "node:test";
import { walkingFilm } from "./support/films.mjs";
import { sourceFolder } from "./support/program.mjs";
import { workbench } from "./support/workbench.mjs";

const bench = workbench();
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const artefacts = join(sourceFolder, "tests/page/artefacts");
const calm = { reducedMotion: "reduce", viewport: { width: 1280, height: 900 } };
const patient = { timeout: 60_000 };
let film;

async function openFilm(ours) {
  film ??= await walkingFilm(bench);
  await ours.choose(film);
  await ours.card("walk.mp4").getByText(/^(Ready|已完成)$/).waitFor(patient);
  await ours.card("walk.mp4").getByRole("button", { name: /^(Review|检查)/ }).click();
  await ours.page.locator(".review-image").waitFor();
}

const jobOf = (ours) =>
  ours.page.evaluate(async () => {
    const link = performance
      .getEntriesByType("resource")
      .map(({ name }) => /api\/v1\/jobs\/[\w-]+/.exec(name)?.[0])
      .filter(Boolean)
      .at(-1);
    const [job, plan] = await Promise.all(
      [link, `${link}/plan`].map(async (address) => (await fetch(address)).json()),
    );
    const report = await fetch(`${link}/report`);
    return { job, plan, report: await report.json() };
  });

/** The stored plan once it is as `check` wants it. */
async function stored(ours, check) {
  for (let i = 0; i < 100; i += 1) {
    const { plan } = await jobOf(ours);
    if (check(plan.tracks)) return plan.tracks;
    await ours.page.waitForTimeout(100);
  }
  throw new Error("the plan was not stored as it should be");
}

test("a film is hidden, corrected by keys, hidden again, and the report says who did it", () =>
  bench.onPage(calm, async (ours) => {
    const { page } = ours;
    const press = async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await openFilm(ours);
    const found = (await jobOf(ours)).plan.tracks;
    assert.ok(found.length >= 2, `${found.length} tracks`);
    const clockSays = (text) => page.locator(".film-clock").filter({ hasText: text }).waitFor();
    await clockSays("0:00.0");
    await press(".", ".");
    await clockSays("0:00.2");
    await press(">");
    await clockSays(/0:01\.[12]/);
    await press("<", ",");
    await clockSays("0:00.0");
    await page.getByRole("button", { name: /^Track 1, / }).click();
    await press("k");
    const kept = await stored(ours, (tracks) => tracks[0].decision === "keep");
    assert.equal(kept[0].origin, "person");
    await press("Control+z");
    await stored(ours, (tracks) => tracks[0].decision === "hide");
    await press("n");
    const drawn = await stored(ours, (tracks) => tracks.length === found.length + 1);
    assert.equal(drawn.at(-1).origin, "person");
    await press("ArrowRight");
    const moved = await stored(
      ours,
      (tracks) => tracks.at(-1).keyframes[0].box.x > drawn.at(-1).keyframes[0].box.x,
    );
    assert.equal(moved.length, drawn.length);
    await page.getByRole("button", { name: "One second on" }).click();
    await clockSays("0:01.0");
    await page.getByRole("button", { name: /^Track 1, / }).click();
    await press("s");
    await stored(ours, (tracks) => tracks.length === found.length + 2);
    await page.getByLabel("Join with").selectOption({ index: 1 });
    await stored(ours, (tracks) => tracks.length === found.length + 1);
    await page.getByRole("button", { name: "Hide again" }).click();
    await page.getByText("The film is hidden as shown here.").waitFor(patient);
    const { job, report } = await jobOf(ours);
    assert.equal(job.result_revision, job.revision);
    assert.ok(report.regions.some(({ origin }) => origin === "person"));
    await press("Escape");
    const link = ours.card("walk.mp4").getByRole("link", { name: "Download film" });
    const { name, bytes } = await ours.download(link);
    assert.equal(name, "walk-hidden.mp4");
    assert.equal(bytes.subarray(4, 8).toString("latin1"), "ftyp");
  }));

test("no picture shows a face before the person asks for the original", () =>
  bench.onPage(calm, async (ours) => {
    await openFilm(ours);
    await ours.page.waitForLoadState("networkidle");
    const asked = () => ours.requests.filter((one) => /\/original/.test(one.url())).length;
    assert.equal(asked(), 0);
    const answered = ours.page.waitForResponse(/\/original/, patient);
    await ours.page.getByRole("button", { name: "Original", exact: true }).click();
    await ours.page.getByText("This is the film as it came").waitFor();
    await answered;
    assert.equal(asked(), 1);
  }));

const looks = [
  { name: "desktop-en", locale: "en-US", viewport: { width: 1280, height: 900 } },
  { name: "desktop-zh-dark", locale: "zh-CN", viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  { name: "phone-en-dark", locale: "en-US", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
  { name: "phone-zh", locale: "zh-CN", viewport: { width: 390, height: 844 } },
];

for (const { name, ...options } of looks)
  test(`accessible and in order: ${name}`, () =>
    bench.onPage({ reducedMotion: "reduce", ...options }, async (ours) => {
      const { page } = ours;
      const check = async (what) => {
        await page.screenshot({ path: join(artefacts, `film-${what}-${name}.png`), fullPage: true });
        await page.evaluate(axe);
        const { violations } = await page.evaluate(
          (runOnly) => window.axe.run(document, { runOnly }),
          ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
        );
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
        assert.deepEqual(found, []);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= options.viewport.width, `${width} px wide`);
      };
      await mkdir(artefacts, { recursive: true });
      await openFilm(ours);
      await page.waitForLoadState("networkidle");
      await page.locator(".track-bar").first().click();
      await page.waitForLoadState("networkidle");
      await check("review");
      await page.keyboard.press("Escape");
      await ours.card("walk.mp4").waitFor();
      await check("card");
    }));

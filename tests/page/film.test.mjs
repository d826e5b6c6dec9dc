// A film goes the way of a picture: hidden at once, reviewed over its time by a person, and what they
// did is in the plan, in the film and in the report.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { loudest, tone, walkingFilm } from "./support/films.mjs";
import { OurPage } from "./support/our_page.mjs";
import { sourceFolder, startProgram } from "./support/program.mjs";
import { smallPng } from "./support/small_png.mjs";
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

let hidden;

/** The same of a film that was hidden once for all who only look at it, as one from before. */
async function openHidden(ours) {
  const { page } = ours;
  hidden ??= await hiddenJob();
  await page.evaluate((id) => localStorage.setItem("faceveil.films", JSON.stringify([id])), hidden);
  await page.reload();
  await page.locator(".earlier-batch").getByRole("button", { name: /walk\.mp4$/ }).first().click();
  await ours.card("walk.mp4").getByText(/^(Ready|已完成)$/).waitFor();
  await ours.card("walk.mp4").getByRole("button", { name: /^(Review|检查)/ }).click();
  await page.locator(".review-image").waitFor();
}

async function hiddenJob() {
  film ??= await walkingFilm(bench);
  const jobs = `${bench.origin}/api/v1/jobs`;
  const headers = { "Content-Type": "video/mp4" };
  const sent = { method: "POST", headers, body: await readFile(film) };
  const { id } = await (await fetch(`${jobs}?name=walk.mp4&review=after`, sent)).json();
  const events = await (await fetch(`${jobs}/${id}/events`)).text(); // Ends when it is hidden.
  assert.match(events, /"state":"review"/);
  return id;
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
    await page.getByRole("button", { name: "Silence a stretch from here" }).click();
    await page.getByRole("button", { name: "One second back" }).click();
    await clockSays("0:00.0");
    await page.getByRole("button", { name: "Silent to here" }).click();
    await page.getByText("Silent from 0:00.0 to 0:01.0").waitFor();
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
    assert.equal(report.film.stretches_silenced, 1);
    const hidden = join(bench.folder, "walk-hidden.mp4");
    await writeFile(hidden, bytes);
    assert.ok((await loudest(hidden, 0.1, 0.9)) < -80);
    assert.ok((await loudest(hidden, 1.03, 1.15)) > -40);
  }));

test("what is chosen for films holds for those that are added, and says what it is worth", () =>
  bench.onPage(calm, async (ours) => {
    const { page } = ours;
    await openHidden(ours);
    await page.keyboard.press("Escape");
    const sound = page.getByRole("combobox", { name: "Sound" });
    await sound.selectOption("Disguise voices");
    await page.getByText("Machines can still recognise the speaker", { exact: false }).waitFor();
    await page.getByText("Copy stretches without faces").click();
    await ours.pick("Picture");
    await ours.chooseCover(bench.landscape);
    await ours.choose(await walkingFilm(bench, { name: "second.mp4" }));
    await ours.card("second.mp4").getByText("Ready").waitFor(patient);
    // A face is in each of its pictures, so there was nothing to copy, and that is said.
    await ours.card("second.mp4").getByText("all is encoded again", { exact: false }).waitFor();
    const { plan, report } = await jobOf(ours);
    assert.equal(report.film.voice, "disguise");
    assert.match(report.film.voice_claim, /not a protection/);
    assert.equal(plan.tracks[0].effect, "image");
    assert.ok(plan.cover);
  }));

test("a sound file comes back with its voices changed as was chosen", () =>
  bench.onPage({ ...calm, viewport: { width: 390, height: 844 } }, async (ours) => {
    const { page } = ours;
    const path = await tone(bench);
    await ours.choose(path);
    const card = ours.card("talk.wav");
    await card.getByText("no protection", { exact: false }).waitFor();
    await card.getByRole("combobox", { name: "Sound" }).selectOption("No sound");
    await card.getByRole("button", { name: /^Change the voices/ }).click();
    const { name, bytes } = await ours.download(card.getByRole("link", { name: "Download sound" }));
    assert.equal(name, "talk-hidden.wav");
    await writeFile(join(bench.folder, name), bytes);
    assert.ok((await loudest(join(bench.folder, name), 0, 1)) < -80);
    await ours.screenshot("sound-en-phone");
  }));

const many = { tracks: 200, keyframes: 60, seconds: 600 };

/** The film's job and plan as they would be of a long film with very many tracks. */
async function lengthen({ page }) {
  const asked = { faces: 0 };
  const us = many.seconds * 1e6;
  const longer = async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), frames: 18_000, last_us: us } });
  };
  let plan = null;
  await page.route(/\/api\/v1\/jobs\/[\w-]+$/, (route) =>
    route.request().method() === "GET" ? longer(route) : route.continue(),
  );
  await page.route(/\/plan$/, async (route) => {
    const request = route.request();
    if (request.method() === "PATCH") {
      plan = request.postDataJSON();
      const job = await page.request.get(request.url().replace(/\/plan$/, ""));
      const json = { ...(await job.json()), frames: 18_000, last_us: us, revision: 9 };
      return route.fulfill({ json });
    }
    const answer = await route.fetch();
    plan ??= manyTracks(await answer.json());
    return route.fulfill({ response: answer, json: plan });
  });
  await page.route(/\/frames\?/, async (route) => {
    const answer = await route.fetch();
    const at = new URL(route.request().url()).searchParams.get("time_us");
    await route.fulfill({ response: answer, headers: { ...answer.headers(), "faceveil-time": at } });
  });
  await page.route(/\/face$/, (route) => {
    asked.faces += 1;
    return route.fulfill({ contentType: "image/png", body: smallPng(1) });
  });
  return asked;
}

function manyTracks(plan) {
  const tracks = Array.from({ length: many.tracks }, (_, i) => ({
    ...plan.tracks[0],
    id: i + 1,
    needs_review: i % 5 === 0,
    keyframes: Array.from({ length: many.keyframes }, (_, k) => ({
      time_us: 1e6 * (2.7 * i + 0.9 * k),
      box: { x: (7 * i + k) % 280, y: (11 * i) % 200, width: 30, height: 36 },
      score: k % 20 === 19 ? 0 : 0.9,
    })),
  }));
  return { ...plan, tracks };
}

test("ten minutes with 200 tracks: what is seen is fetched, and those of a moment can be seen alone", () =>
  bench.onPage(calm, async (ours) => {
    const { page } = ours;
    const asked = await lengthen(ours);
    await openHidden(ours);
    const rows = page.locator(".track-row");
    assert.equal(await rows.count(), many.tracks);
    await page.waitForLoadState("networkidle");
    assert.ok(asked.faces > 0 && asked.faces < 40, `${asked.faces} faces asked for`);
    const before = asked.faces;
    await page.keyboard.press("w");
    await page.locator(".track-row--selected").waitFor();
    await page.keyboard.press("k");
    await page.locator(".track-row--selected").getByText("Kept visible").waitFor();
    await page.waitForLoadState("networkidle");
    await page.getByRole("slider", { name: "Moment of the film" }).fill("300000000");
    await page.getByText("Only tracks of this moment", { exact: false }).click();
    assert.ok((await rows.count()) < 30, `${await rows.count()} rows`);
    await ours.screenshot("film-long-en");
    await page.setViewportSize({ width: 390, height: 844 });
    await ours.screenshot("film-long-en-phone");
    assert.ok(asked.faces < before + 60, `${asked.faces} faces asked for`);
  }));

test("a page that is reloaded finds its films again; a killed program keeps the hidden ones", async () => {
  const folder = await mkdtemp(join(tmpdir(), "faceveil-films-"));
  const first = await startProgram([], { folder });
  const context = await bench.browser.newContext({ locale: "en-US", ...calm });
  let second;
  try {
    const ours = await OurPage.open(context, first.origin);
    const { page } = ours;
    ours.expectedErrors.push(/ERR_|Failed to load|404/);
    film ??= await walkingFilm(bench);
    await ours.choose(film);
    await ours.card("walk.mp4").getByText("Ready").waitFor(patient);
    const long = { name: "long.mp4", seconds: 30, size: "640:480" };
    await ours.choose(await walkingFilm(bench, long));
    await ours.card("long.mp4").getByText("Finding faces").waitFor(patient);
    await page.reload();
    const earlier = page.getByRole("region", { name: "Films from before" });
    await earlier.getByText("long.mp4 · being worked on").waitFor();
    await earlier.getByText("walk.mp4 · hidden, and open for a review").waitFor();
    await ours.screenshot("films-from-before-en");
    await earlier.getByRole("button", { name: "Open: long.mp4" }).click();
    await ours.card("long.mp4").getByText("Finding faces").waitFor();
    await first.kill();
    await ours.card("long.mp4").getByText("FaceVeil does not answer.", { exact: false }).waitFor();
    second = await startProgram([], { folder, port: first.port });
    await page.reload();
    await earlier.getByText("long.mp4 · cut off", { exact: false }).waitFor();
    const link = earlier.getByRole("link", { name: "Download film: walk.mp4" });
    const { name, bytes } = await ours.download(link);
    assert.equal(name, "walk-hidden.mp4");
    assert.equal(bytes.subarray(4, 8).toString("latin1"), "ftyp");
    await earlier.getByRole("button", { name: "Open: walk.mp4" }).click();
    await ours.card("walk.mp4").getByText("Ready").waitFor();
    ours.assertClean();
  } finally {
    await context.close();
    await second?.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

test("no picture shows a face before the person asks for the original", () =>
  bench.onPage(calm, async (ours) => {
    await openHidden(ours);
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
      await openHidden(ours);
      await page.waitForLoadState("networkidle");
      await page.locator(".track-bar").first().click();
      await page.waitForLoadState("networkidle");
      const title = await page.locator("h1").boundingBox();
      assert.ok(title && title.width > 60, "the name of the film cannot be read");
      await check("review");
      await page.keyboard.press("Escape");
      await ours.card("walk.mp4").waitFor();
      await check("card");
    }));

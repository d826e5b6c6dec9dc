// A person sees, corrects and signs off: what is done in a review is in the plan, in the picture and
// in the report.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { unzipSync } from "fflate";
import { groupFaces } from "./support/drawn.mjs";
import { workbench } from "./support/workbench.mjs";

const bench = workbench();
const widthIs = (wanted) =>
  Math.abs(document.querySelector(".review-picture").clientWidth - wanted) < 2;
const calm = { reducedMotion: "reduce", viewport: { width: 1280, height: 860 } };

async function openReview(ours, path = bench.group, name = "group.png") {
  await ours.choose(path);
  await ours.says(name, "Done");
  await ours.review(name);
}

async function lastPlan(ours) {
  return (await ours.sentPlans()).at(-1);
}

async function backAndDownload(ours, name) {
  await ours.page.getByRole("button", { name: "Back to the pictures" }).click();
  await ours.says(name, "Done");
  return ours.download(ours.downloadLink(name));
}

test("a face that is kept is in the plan as a person's word, and visible in the picture", () =>
  bench.onPage(calm, async (ours) => {
    await openReview(ours);
    const order = (await lastPlan(ours)).tracks.map(({ keyframes }) => keyframes[0].box.x);
    await ours.page.getByRole("button", { name: "Keep this one: Face 1" }).click();
    await ours.page.getByText("2 hidden, 1 kept").waitFor();
    await ours.settled();
    const [track] = (await lastPlan(ours)).tracks;
    assert.deepEqual([track.decision, track.origin], ["keep", "person"]);
    const { bytes } = await backAndDownload(ours, "group.png");
    const { faceChange } = await ours.compare(await readFile(bench.group), bytes, groupFaces);
    const byX = [...order].sort((a, b) => a - b);
    const keptFace = byX.indexOf(order[0]);
    faceChange.forEach((change, i) => {
      if (i === keptFace) assert.equal(change, 0, "the kept face is as it was");
      else assert.ok(change > 10, `face ${i} changed only by ${change}`);
    });
  }));

test("all of it by keys: toggle, move, resize, new, delete, undo, redo", () =>
  bench.onPage(calm, async (ours) => {
    const { page } = ours;
    const press = async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const says = (words) => page.getByText(words, { exact: true }).first().waitFor();
    await openReview(ours);
    const before = (await lastPlan(ours)).tracks;
    while (!(await page.evaluate(() => document.activeElement.id.startsWith("face-"))))
      await press("Tab");
    await press("Space");
    await says("2 hidden, 1 kept");
    await press("Space");
    await says("3 hidden, 0 kept");
    await press("ArrowRight", "ArrowDown", "Shift+ArrowRight");
    await ours.settled();
    const moved = (await lastPlan(ours)).tracks[0];
    const [old, now] = [before[0], moved].map(({ keyframes }) => keyframes[0].box);
    assert.ok(now.x > old.x && now.y > old.y && now.width > old.width, JSON.stringify(now));
    assert.equal(moved.origin, "person");
    await press("n");
    await says("4 hidden, 0 kept");
    await press("Delete");
    await says("3 hidden, 0 kept");
    await press("Control+z");
    await says("4 hidden, 0 kept");
    await press("Control+z", "Control+z", "Control+z", "Control+z", "Control+z", "Control+z");
    await says("3 hidden, 0 kept");
    await ours.settled();
    assert.deepEqual((await lastPlan(ours)).tracks, before);
    await press("Control+y");
    await says("2 hidden, 1 kept");
    await press("Escape");
    await ours.cards().first().waitFor();
  }));

test("with the pointer: a missed face is drawn, a box is moved and resized", () =>
  bench.onPage(calm, async (ours) => {
    const { page } = ours;
    await ours.choose(bench.landscape);
    await ours.says("hills.png", "Done");
    await page.getByRole("button", { name: "Review hills.png" }).click();
    await ours.settled();
    // The stage measures itself after it is drawn.
    await page.waitForFunction(() => document.querySelector(".review-picture").clientWidth > 100);
    const picture = await page.locator(".review-picture").boundingBox();
    await page.getByRole("button", { name: "New face" }).click();
    const drag = async (from, to) => {
      await page.mouse.move(...from);
      await page.mouse.down();
      await page.mouse.move(...to, { steps: 4 });
      await page.mouse.up();
    };
    const [x, y] = [picture.x + 100, picture.y + 100];
    await drag([x, y], [x + 80, y + 100]);
    await page.getByText("1 hidden, 0 kept").waitFor();
    await ours.settled();
    const scale = 1200 / picture.width;
    const drawn = (await lastPlan(ours)).tracks[0];
    assert.deepEqual([drawn.origin, drawn.grow, drawn.keyframes[0].score], ["person", 0, 1]);
    const near = (actual, wanted) =>
      assert.ok(Math.abs(actual - wanted) < 4, `${actual}, ${wanted}`);
    near(drawn.keyframes[0].box.x, 100 * scale);
    near(drawn.keyframes[0].box.width, 80 * scale);
    await drag([x + 40, y + 50], [x + 90, y + 50]);
    await drag([x + 130, y + 100], [x + 150, y + 130]);
    await ours.settled();
    const { box } = (await lastPlan(ours)).tracks[0].keyframes[0];
    near(box.x, 150 * scale);
    near(box.width, 100 * scale);
    near(box.height, 130 * scale);
  }));

test("before and after, closer and farther; what is shown is the program's own picture", () =>
  bench.onPage(calm, async (ours) => {
    const { page } = ours;
    await openReview(ours);
    const image = page.locator(".review-image");
    const after = await image.getAttribute("src");
    await page.keyboard.press("b");
    assert.notEqual(await image.getAttribute("src"), after);
    await page.getByRole("button", { name: "After" }).click();
    assert.equal(await image.getAttribute("src"), after);
    const width = async () => (await page.locator(".review-picture").boundingBox()).width;
    const whole = await width();
    await page.keyboard.press("+");
    await page.waitForFunction(widthIs, 1.5 * whole);
    await page.keyboard.press("0");
    await page.waitForFunction(widthIs, whole);
    await page.getByRole("button", { name: "Back to the pictures" }).click();
    assert.equal(await ours.downloadLink("group.png").getAttribute("href"), after);
  }));

test("corrections are in report.json, and survive another effect and another sensitivity", () =>
  bench.onPage(calm, async (ours) => {
    const { page } = ours;
    await ours.choose(bench.group, bench.groupJpeg);
    for (const name of ["group.png", "group.jpg"]) await ours.says(name, "Done");
    await ours.review("group.jpg");
    await page.getByRole("button", { name: "Keep this one: Face 2" }).click();
    await ours.settled();
    const kept = (await lastPlan(ours)).tracks[1].keyframes[0].box;
    await page.getByRole("button", { name: "Back to the pictures" }).click();
    await ours.pick("Solid");
    await page.getByRole("slider", { name: "Sensitivity" }).focus();
    await page.keyboard.press("ArrowLeft");
    const all = page.getByRole("button", { name: "Download all (2)" });
    await all.and(page.locator(":enabled")).waitFor();
    const files = unzipSync((await ours.download(all)).bytes);
    const report = JSON.parse(Buffer.from(files["report.json"]).toString());
    assert.equal(report.inputs, 2);
    const entry = report.results.find(({ input }) => input === "group.jpg");
    assert.deepEqual([entry.faces, entry.kept, entry.by_person], [2, 1, 1]);
    const track = entry.plan.tracks.find(({ origin }) => origin === "person");
    assert.deepEqual([track.decision, track.effect], ["keep", "solid"]);
    assert.deepEqual(track.keyframes[0].box, kept);
    const bytes = files[entry.output];
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    assert.equal(entry.output_sha256, Buffer.from(digest).toString("hex"));
  }));

test("the next doubtful face is found through the whole batch, and signed off", () =>
  bench.onPage(calm, async (ours) => {
    const { page } = ours;
    // The drawn faces are certain: the page is told otherwise, as of a blurred face.
    await page.evaluate(() => {
      const { parse } = JSON;
      JSON.parse = (text) => {
        const value = parse(text);
        if (value?.tracks?.[1]) value.tracks[1].needs_review = true;
        return value;
      };
    });
    await ours.choose(bench.group, bench.groupJpeg);
    for (const name of ["group.png", "group.jpg"]) await ours.says(name, "Done");
    await ours.review("group.png");
    await page.getByRole("button", { name: "Next doubtful (2)" }).click();
    const focused = page.locator(".face-button:focus");
    await focused.waitFor();
    assert.match(await focused.getAttribute("aria-label"), /Face 2 of 3, Doubtful, hidden/);
    await ours.screenshot("review-doubtful");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Next doubtful (1)" }).waitFor();
    await page.keyboard.press("d");
    await page.getByRole("heading", { name: "group.jpg" }).waitFor();
    await focused.waitFor();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Nothing doubtful is left" }).waitFor();
    await page.getByText("2 hidden, 1 kept").waitFor();
  }));

test("the sheet shows every face of the batch, least sure first, and toggles it", () =>
  bench.onPage(calm, async (ours) => {
    const { page } = ours;
    await ours.choose(bench.group, bench.groupJpeg);
    for (const name of ["group.png", "group.jpg"]) await ours.says(name, "Done");
    await page.getByRole("button", { name: "All faces" }).click();
    const tiles = page.locator(".tile-face");
    await page.locator(".tile .crop--drawn").nth(5).waitFor();
    assert.equal(await tiles.count(), 6);
    const scores = (await page.locator(".tile-foot").allTextContents()).map((text) =>
      parseInt(text),
    );
    assert.deepEqual(
      scores,
      [...scores].sort((a, b) => a - b),
    );
    await tiles.first().click();
    await page.getByText("Kept", { exact: true }).waitFor();
    await ours.screenshot("sheet-en");
    await page.locator(".tile-open").first().click();
    await page.getByText("2 hidden, 1 kept").waitFor();
    await ours.settled();
    assert.ok((await lastPlan(ours)).tracks.some(({ decision }) => decision === "keep"));
  }));

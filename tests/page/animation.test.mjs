// An animated GIF or WebP is no picture: the person gets an animation, with the faces hidden in all of
// its pictures, and is told so.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { animation, picturesOf } from "./support/films.mjs";
import { workbench } from "./support/workbench.mjs";

const bench = workbench();
const patient = { timeout: 60_000 };
const calm = { reducedMotion: "reduce" };
const pictureCount = 4;

for (const [extension, locale, words] of [
  [
    "gif",
    "en-US",
    { ready: "Ready", download: /^Download animation/, stays: "it stays one", review: "Review" },
  ],
  ["webp", "zh-CN", { ready: "已完成", download: /^下载动图/, stays: "格式不变", review: "检查" }],
])
  test(`an animated ${extension} is dropped, hidden as a film, and comes back as one (${locale})`, () =>
    bench.onPage({ ...calm, locale }, async (ours) => {
      const { page } = ours;
      const name = `party.${extension}`;
      const original = await animation(bench, name, pictureCount);
      await ours.drop(".drop-zone", original);
      const card = ours.card(name);
      await card.getByText(words.ready, { exact: true }).waitFor(patient);
      const told = await card.getByText(words.stays, { exact: false }).textContent();
      assert.ok(told.includes(` ${pictureCount} `), told);
      const { name: given, bytes } = await ours.download(card.getByRole("link", { name: words.download }));
      assert.equal(given, `party-hidden.${extension}`);
      const hidden = await bench.file(given, bytes);
      const [before, after] = [await picturesOf(bench, original), await picturesOf(bench, hidden)];
      assert.equal(after.length, pictureCount);
      for (const [i, picture] of after.entries()) {
        // Each picture shows another place of the group, so one in place of all would be seen.
        const { changed, same } = differences(before[i], picture);
        assert.ok(changed > 0.03, `picture ${i}: only ${changed} of it changed`);
        assert.ok(same > 0.3, `picture ${i}: only ${same} of it is as it was`);
      }

      // Nothing of it went the way of stills.
      const asked = ours.requests.map((one) => new URL(one.url()).pathname);
      assert.deepEqual(asked.filter((path) => /api\/v1\/(plan|apply|hide)$/.test(path)), []);

      // It is reviewed as a film is, but for the sound that it has none of.
      await ours.screenshot(`animation-card-${locale}`);
      await card.getByRole("button", { name: new RegExp(`^${words.review}`) }).click();
      await page.locator(".review-image").waitFor();
      assert.ok((await page.locator(".track-bar").count()) >= 2);
      assert.equal(await page.getByRole("group", { name: /^(Sound|声音)$/ }).count(), 0);
      await ours.screenshot(`animation-review-${locale}`);
    }));

test("an animation cannot be taken for a picture, even where the page does not see that it moves", () =>
  bench.onPage(calm, async (ours) => {
    ours.expectedErrors.push(/415/);
    const { page } = ours;
    const original = await animation(bench, "party.gif", pictureCount);
    const base64 = (await readFile(original)).toString("base64");
    const answer = await page.evaluate(sendAsPicture, base64);
    assert.equal(answer.status, 415);
    assert.match(answer.detail, /send it as a film/);
  }));

test("a GIF of one picture is a picture", () =>
  bench.onPage(calm, async (ours) => {
    await ours.choose(await animation(bench, "still.gif", 1));
    await ours.says("still.gif", "Done");
    const { name, bytes } = await ours.download(ours.downloadLink("still.gif"));
    assert.equal(name, "still-hidden.gif");
    const hidden = join(bench.folder, name);
    await writeFile(hidden, bytes);
    assert.equal((await picturesOf(bench, hidden)).length, 1);
  }));

/** Which share of the pixels is another one by far, and which is the same but for rounding. */
function differences(before, after) {
  assert.equal(after.length, before.length);
  let changed = 0;
  let same = 0;
  for (let at = 0; at < before.length; at += 3) {
    const by = Math.max(...[0, 1, 2].map((c) => Math.abs(before[at + c] - after[at + c])));
    if (by > 40) changed += 1;
    if (by < 12) same += 1;
  }
  const pixels = before.length / 3;
  return { changed: changed / pixels, same: same / pixels };
}

async function sendAsPicture(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const form = new FormData();
  form.append("image", new File([bytes], "party.gif", { type: "image/gif" }));
  const answer = await fetch("api/v1/plan", { method: "POST", body: form });
  return { status: answer.status, ...(await answer.json()) };
}

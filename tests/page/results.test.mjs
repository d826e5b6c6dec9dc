// What one gets: the pixels of a downloaded picture, all pictures as a ZIP, and honest failures.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { unzipSync } from "fflate";
import { groupFaces, groupSize } from "./support/drawn.mjs";
import { tiffOf } from "./support/tiff.mjs";
import { workbench } from "./support/workbench.mjs";

const bench = workbench();
const found = `${groupFaces.length} faces hidden`;

async function hiddenGroup(ours, path, name) {
  await ours.choose(path);
  await ours.says(name, found);
  return ours.download(ours.downloadLink(name));
}

test("a downloaded PNG differs at the faces and nowhere far from them", () =>
  bench.onPage({}, async (ours) => {
    const { name, bytes } = await hiddenGroup(ours, bench.group, "group.png");
    assert.equal(name, "group-hidden.png");
    const original = await readFile(bench.group);
    const { sameSize, faceChange, farChange } = await ours.compare(original, bytes, groupFaces);
    assert.ok(sameSize);
    for (const change of faceChange) assert.ok(change > 10, `a face changed only by ${change}`);
    assert.equal(farChange, 0);
  }));

test("a downloaded JPEG is a JPEG of the same size with the faces gone", () =>
  bench.onPage({}, async (ours) => {
    const { name, bytes } = await hiddenGroup(ours, bench.groupJpeg, "group.jpg");
    assert.equal(name, "group-hidden.jpg");
    assert.equal(bytes.subarray(0, 3).toString("hex"), "ffd8ff");
    const original = await readFile(bench.groupJpeg);
    const { sameSize, faceChange, farChange } = await ours.compare(original, bytes, groupFaces);
    assert.ok(sameSize);
    for (const change of faceChange) assert.ok(change > 10, `a face changed only by ${change}`);
    // Encoding anew at high quality may move a sample a little, never to another colour.
    assert.ok(farChange <= 24, `a far sample changed by ${farChange}`);
  }));

test("a picture without faces is not called hidden", () =>
  bench.onPage({}, async (ours) => {
    await ours.choose(bench.landscape);
    await ours.says("hills.png", "No face found; the picture is unchanged");
    await ours.says("hills.png", /Please look/);
    const { name, bytes } = await ours.download(ours.downloadLink("hills.png"));
    assert.equal(name, "hills-unchanged.png");
    const { farChange } = await ours.compare(await readFile(bench.landscape), bytes, []);
    assert.equal(farChange, 0);
  }));

test("another effect is worked out anew for the pictures that are there", () =>
  bench.onPage({}, async (ours) => {
    const veiled = await hiddenGroup(ours, bench.group, "group.png");
    await ours.pick("Solid");
    await ours.page.getByRole("progressbar").first().waitFor();
    await ours.says("group.png", found);
    const solid = await ours.download(ours.downloadLink("group.png"));
    const { faceChange, farChange } = await ours.compare(veiled.bytes, solid.bytes, groupFaces);
    for (const change of faceChange) assert.ok(change > 2, `a face changed only by ${change}`);
    assert.equal(farChange, 0);
  }));

test("quick changes of a control lead to one request, with the last values", () =>
  bench.onPage({}, async (ours) => {
    await hiddenGroup(ours, bench.group, "group.png");
    await ours.page.getByRole("slider", { name: "Sensitivity" }).focus();
    for (let i = 0; i < 3; i += 1) await ours.page.keyboard.press("ArrowLeft");
    await ours.says("group.png", "Done");
    const sent = await ours.sentFields();
    assert.deepEqual(sent.map(({ threshold }) => threshold).filter(Boolean), ["0.2", "0.35"]);
  }));

test("the green frame is asked for only when it is switched on", () =>
  bench.onPage({}, async (ours) => {
    const plain = await hiddenGroup(ours, bench.group, "group.png");
    await ours.pick("Green frame");
    await ours.page.getByRole("progressbar").first().waitFor();
    await ours.says("group.png", found);
    const framed = await ours.download(ours.downloadLink("group.png"));
    const sent = (await ours.sentFields()).filter(({ plan }) => plan);
    assert.deepEqual(
      sent.map(({ frame }) => frame),
      [undefined, "true"],
    );
    assert.equal(await greenPixels(ours, plain.bytes), 0);
    assert.ok((await greenPixels(ours, framed.bytes)) > 500);
  }));

test("the drawn emoji covers the faces and nothing else", () =>
  bench.onPage({}, async (ours) => {
    await ours.pick("Emoji");
    const { bytes } = await hiddenGroup(ours, bench.group, "group.png");
    const original = await readFile(bench.group);
    const { faceChange, farChange } = await ours.compare(original, bytes, groupFaces);
    for (const change of faceChange) assert.ok(change > 10, `a face changed only by ${change}`);
    assert.equal(farChange, 0);
  }));

test("a picture of one's own is laid over faces once it is chosen, and not before", () =>
  bench.onPage({}, async (ours) => {
    const veiled = await hiddenGroup(ours, bench.group, "group.png");
    await ours.pick("Picture");
    await ours.page.getByText("Choose the picture to lay over faces").waitFor();
    assert.equal((await ours.sentPlans()).length, 1);
    await ours.chooseCover(bench.landscape);
    await ours.page.getByRole("progressbar").first().waitFor();
    await ours.says("group.png", found);
    await ours.page.getByText("Change the picture (hills.png)").waitFor();
    const covered = await ours.download(ours.downloadLink("group.png"));
    const { faceChange, farChange } = await ours.compare(veiled.bytes, covered.bytes, groupFaces);
    for (const change of faceChange) assert.ok(change > 2, `a face changed only by ${change}`);
    assert.equal(farChange, 0);
    assert.deepEqual(
      (await ours.sentPlans()).map(({ tracks }) => tracks[0].effect),
      ["veil", "image"],
    );
  }));

test("blur is said to be reversible", () =>
  bench.onPage({}, async (ours) => {
    await ours.pick("Blur");
    await ours.page
      .getByText(/machines can/i)
      .first()
      .waitFor();
  }));

test("all results come in one ZIP, names that come twice told apart", () =>
  bench.onPage({}, async (ours) => {
    const again = await bench.file("again/group.png", await readFile(bench.group));
    await ours.choose(bench.group, bench.groupJpeg, again);
    await ours.says("group.jpg", found);
    const all = ours.page.getByRole("button", { name: "Download all (3)" });
    await all.and(ours.page.locator(":enabled")).waitFor();
    const { name, bytes } = await ours.download(all);
    assert.match(name, /\.zip$/);
    const files = unzipSync(bytes);
    assert.deepEqual(Object.keys(files).sort(), [
      "group-hidden (2).png",
      "group-hidden.jpg",
      "group-hidden.png",
      "report.json",
    ]);
    const original = await readFile(bench.group);
    for (const twin of ["group-hidden.png", "group-hidden (2).png"]) {
      const { sameSize, faceChange } = await ours.compare(
        original,
        Buffer.from(files[twin]),
        groupFaces,
      );
      assert.ok(sameSize && faceChange.every((change) => change > 10), twin);
    }
  }));

test("a text file called .jpg fails with the program's own sentence, and can be tried again", () =>
  bench.onPage({}, async (ours) => {
    ours.expectedErrors.push(/4(15|22)/);
    const path = await bench.file("letter.jpg", "Dear Sir or Madam,\n");
    const answer = ours.page.waitForResponse("**/api/v1/plan");
    await ours.choose(path);
    const { detail } = await (await answer).json();
    assert.match(detail, /\.$/);
    await ours.says("letter.jpg", detail);
    const again = ours.page.waitForRequest("**/api/v1/plan");
    await ours
      .card("letter.jpg")
      .getByRole("button", { name: /^Try again/ })
      .click();
    await again;
    await ours.says("letter.jpg", detail);
  }));

test("a program that is gone is told from a bad picture", () =>
  bench.onPage({}, async (ours) => {
    ours.expectedErrors.push(/ERR_/);
    await ours.page.route("**/api/v1/plan", (route) => route.abort("connectionrefused"));
    await ours.choose(bench.group);
    await ours.says("group.png", /does not answer/);
  }));

test("a format that the browser cannot show is shown as JPEG and downloaded as it is", () =>
  bench.onPage({}, async (ours) => {
    const path = await bench.file(
      "group.tif",
      await tiffOf(bench.browser, await readFile(bench.group)),
    );
    const { name, bytes } = await hiddenGroup(ours, path, "group.tif");
    assert.equal(name, "group-hidden.tif");
    assert.match(bytes.subarray(0, 2).toString("latin1"), /^(II|MM)$/);
    await ours.says("group.tif", /cannot show the original/);
    const shown = ours.card("group.tif").getByRole("img").first();
    const width = await shown.evaluate(async (image) => {
      await image.decode();
      return image.naturalWidth;
    });
    assert.equal(width, groupSize.width);
  }));

test("removing pictures removes them, one or all", () =>
  bench.onPage({}, async (ours) => {
    await ours.choose(bench.group, bench.groupJpeg, bench.landscape);
    await ours.says("group.jpg", "Done");
    await ours.card("group.jpg").getByRole("button", { name: "Remove group.jpg" }).click();
    assert.equal(await ours.cards().count(), 2);
    await ours.page.getByRole("button", { name: "Remove all" }).click();
    assert.equal(await ours.cards().count(), 0);
    await ours.page.getByText("Drop photos here").waitFor();
  }));

// How many pixels are of a green that the drawing does not have.
function greenPixels(ours, bytes) {
  return ours.page.evaluate(async (base64) => {
    const data = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([data]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let count = 0;
    for (let i = 0; i < pixels.length; i += 4) {
      if (pixels[i] < 60 && pixels[i + 1] > 180 && pixels[i + 2] < 100) count += 1;
    }
    return count;
  }, bytes.toString("base64"));
}

// The camera, live: the browser's pretended one shows a drawn group, and the page shows it hidden.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { startBrowser } from "./support/browser.mjs";
import { groupFaces, groupSize } from "./support/drawn.mjs";
import { OurPage } from "./support/our_page.mjs";
import { workbench } from "./support/workbench.mjs";

const bench = workbench();
const calm = { reducedMotion: "reduce", viewport: { width: 1280, height: 860 } };

// How far the colours of the preview are from the picture's, at the middle of each face and at a
// place without one.
function distancesInPage({ original, faces, size, empty }) {
  const canvas = document.querySelector("canvas.camera");
  const colourOf = (source, width, height, { cx, cy, r }) => {
    const small = document.createElement("canvas");
    small.width = small.height = 8;
    const scale = width / size.width;
    const box = [(cx - r / 2) * scale, (cy - r / 2) * (height / size.height), r * scale, r * scale];
    small.getContext("2d").drawImage(source, ...box, 0, 0, 8, 8);
    return small.getContext("2d").getImageData(0, 0, 8, 8).data;
  };
  const image = new Image();
  image.src = `data:image/jpeg;base64,${original}`;
  return image.decode().then(() =>
    [...faces, empty].map((place) => {
      const a = colourOf(image, image.naturalWidth, image.naturalHeight, place);
      const b = colourOf(canvas, canvas.width, canvas.height, place);
      return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
    }),
  );
}

for (const locale of ["en-US", "zh-CN"])
  test(`the camera is shown live with the faces hidden (${locale})`, async () => {
    const film = await bench.file("camera.mjpeg", await readFile(bench.groupJpeg));
    const browser = await startBrowser([`--use-file-for-fake-video-capture=${film}`]);
    try {
      const context = await browser.newContext({ ...calm, locale, permissions: ["camera"] });
      const ours = await OurPage.open(context, bench.origin);
      const { page } = ours;
      await page.getByRole("button", { name: /^(Camera|摄像头)$/ }).click();
      const take = page.getByRole("button", { name: /^(Take the picture|拍照)$/ });
      await take.and(page.locator(":enabled")).waitFor();
      await page.getByText(/^(Show it with the faces hidden|预览遮挡后的画面)$/).click();
      const hidden = () =>
        ours.requests.filter((request) => request.url().endsWith("/api/v1/hide")).length;
      await page.waitForFunction(() => document.querySelector("canvas.camera")?.width === 640);
      const place = { original: (await readFile(bench.groupJpeg)).toString("base64") };
      const distances = await page.evaluate(distancesInPage, {
        ...place,
        faces: groupFaces,
        size: groupSize,
        empty: { cx: 1010, cy: 690, r: 60 },
      });
      const away = distances.pop();
      distances.forEach((distance, i) =>
        assert.ok(distance > 2 * away + 6, `face ${i}: ${distance}, elsewhere ${away}`),
      );
      await ours.screenshot(`camera-live-${locale}`);
      await page.setViewportSize({ width: 360, height: 740 });
      await ours.screenshot(`camera-live-${locale}-phone`);
      while (hidden() < 3) await page.waitForTimeout(50);
      await take.click();
      await ours.downloadLink(/^camera-/).waitFor();
      const asked = hidden();
      await page.waitForTimeout(700);
      assert.ok(hidden() <= asked + 1, "closed, the preview asks for nothing");
      ours.assertClean();
    } finally {
      await browser.close();
    }
  });

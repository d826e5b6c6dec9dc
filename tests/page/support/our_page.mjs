// The page as its user sees it: found by roles and words, not by the names of classes.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { sourceFolder } from "./program.mjs";

const mimeTypes = { png: "image/png", jpg: "image/jpeg", tif: "image/tiff", heic: "image/heic" };

export class OurPage {
  /** Console errors that a test brings about on purpose, for example by a refused upload. */
  expectedErrors = [];
  requests = [];
  #errors = [];

  static async open(context, origin) {
    await context.addInitScript(noteFormsInPage);
    const ours = new OurPage(await context.newPage(), origin);
    await ours.page.goto(origin);
    await ours.page.getByRole("main").waitFor();
    return ours;
  }

  constructor(page, origin) {
    this.page = page;
    this.origin = origin;
    page.setDefaultTimeout(20_000);
    page.on("request", (request) => this.requests.push(request));
    page.on("pageerror", (error) => this.#errors.push(String(error)));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.#errors.push(message.text());
    });
  }

  /** No error, no refused style or script, and nothing asked of anybody but our own program. */
  assertClean() {
    const unexpected = this.#errors.filter(
      (text) => !this.expectedErrors.some((pattern) => pattern.test(text)),
    );
    assert.deepEqual(unexpected, []);
    const foreign = this.requests
      .map((request) => request.url())
      .filter((url) => !/^(blob|data):/.test(url) && new URL(url).origin !== this.origin);
    assert.deepEqual(foreign, []);
  }

  async choose(...paths) {
    await this.page.locator(".chooser input[type=file]").setInputFiles(paths);
  }

  /** The picture that is laid over faces. */
  async chooseCover(path) {
    await this.page.locator(".cover-button input[type=file]").setInputFiles(path);
  }

  /** Drops files on an element as a file manager does, by the events of drag and drop. */
  async drop(selector, ...paths) {
    const files = await Promise.all(paths.map(transferable));
    await this.page.evaluate(dropInPage, { selector, files });
  }

  card(name) {
    return this.page
      .getByRole("listitem")
      .filter({ has: this.page.getByRole("heading", { name, exact: true }) });
  }

  cards() {
    return this.page.getByRole("listitem");
  }

  /** Waits until a card says something: exactly this sentence, or what a pattern matches. */
  async says(name, text) {
    await this.card(name).getByText(text, { exact: true }).first().waitFor();
  }

  downloadLink(name) {
    return this.card(name).getByRole("link", { name: /^(Download|下载)/ });
  }

  /** Presses a download link or button: the name and the bytes of the file that comes. */
  async download(control) {
    const [download] = await Promise.all([this.page.waitForEvent("download"), control.click()]);
    return {
      name: download.suggestedFilename(),
      bytes: await readFile(await download.path()),
    };
  }

  /** Chooses an option by the word that is seen; the inputs themselves are drawn by the page. */
  async pick(word) {
    await this.page
      .getByRole("region", { name: /How to hide|遮挡方式/ })
      .getByText(word, { exact: true })
      .click();
  }

  /** The text fields of each picture that was sent, in the order of sending. */
  sentFields() {
    return this.page.evaluate(() => window.sentFields);
  }

  /** The plans that were applied, in the order of sending. */
  async sentPlans() {
    const sent = await this.sentFields();
    return sent.filter(({ plan }) => plan).map(({ plan }) => JSON.parse(plan));
  }

  /** Opens the review of a picture and waits for its boxes. */
  async review(name) {
    await this.card(name).getByRole("button", { name: /^(Review|检查)/ }).click();
    await this.faces().first().waitFor();
  }

  /** The boxes of a review. */
  faces() {
    return this.page.getByRole("group", { name: /Picture with its boxes|图片与各个框/ }).getByRole("button");
  }

  /** Waits until the review shows the result of the plan as it stands. */
  async settled() {
    await this.page.getByText(/This is the file you will download|您看到的就是/).waitFor();
  }

  async screenshot(name) {
    // Drawn pictures only, and not part of the project: to be looked at by whoever works on the page.
    const path = join(sourceFolder, "tests/page/artefacts", `${name}.png`);
    await this.page.screenshot({ path, fullPage: true });
  }

  /** How a result differs from its original: see `compareInPage`. */
  async compare(original, result, faces) {
    const [a, b] = [original, result].map((bytes) => bytes.toString("base64"));
    return this.page.evaluate(compareInPage, { a, b, faces });
  }
}

function noteFormsInPage() {
  window.sentFields = [];
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (form) {
    const texts = [...(form instanceof FormData ? form : [])].filter(([, value]) => typeof value === "string");
    window.sentFields.push(Object.fromEntries(texts));
    send.call(this, form);
  };
}

async function transferable(path) {
  const name = basename(path);
  const bytes = await readFile(path);
  return { name, type: mimeTypes[name.split(".").pop()] ?? "", base64: bytes.toString("base64") };
}

function dropInPage({ selector, files }) {
  const transfer = new DataTransfer();
  for (const { name, type, base64 } of files) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    transfer.items.add(new File([bytes], name, { type }));
  }
  const target = document.querySelector(selector);
  for (const kind of ["dragenter", "dragover", "drop"]) {
    target.dispatchEvent(
      new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }),
    );
  }
}

/**
 * Decodes both pictures. `faceChange`: for each face, the mean absolute difference (0..255) in its
 * inner part. `farChange`: the largest difference of a sample that is far from every face.
 */
async function compareInPage({ a, b, faces }) {
  const pixels = async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height);
  };
  const [before, after] = [await pixels(a), await pixels(b)];
  const sameSize = after.width === before.width && after.height === before.height;
  const sums = faces.map(() => ({ sum: 0, count: 0 }));
  let farChange = 0;
  for (let y = 0; y < before.height; y += 1) {
    for (let x = 0; x < before.width; x += 1) {
      const distances = faces.map(({ cx, cy, r }) => Math.hypot(x - cx, y - cy) / r);
      const i = 4 * (y * before.width + x);
      for (let c = 0; c < 3; c += 1) {
        const change = Math.abs(before.data[i + c] - after.data[i + c]);
        distances.forEach((distance, face) => {
          if (distance > 0.6) return;
          sums[face].sum += change;
          sums[face].count += 1;
        });
        if (distances.every((distance) => distance > 3)) farChange = Math.max(farChange, change);
      }
    }
  }
  return { sameSize, faceChange: sums.map(({ sum, count }) => sum / count), farChange };
}

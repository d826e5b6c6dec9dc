// The page over an encrypted line, of a server that wants a token: whatever the page asks for, by
// whatever means of the browser, is asked for with it, and is told to nobody else.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { promisify } from "node:util";
import { walkingFilm } from "./support/films.mjs";
import { OurPage } from "./support/our_page.mjs";
import { startProgram } from "./support/program.mjs";
import { smallPng } from "./support/small_png.mjs";
import { workbench } from "./support/workbench.mjs";

const bench = workbench();
const token = "a-token-that-nobody-guesses";
const patient = { timeout: 60_000 };
let program;
let folder; // Of its own: the workbench's may not be there yet.
let tls;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "faceveil-identity-"));
  tls = await identity();
  program = await startProgram([], { tls, token });
});
after(async () => {
  await program?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** A certificate of this machine's own, valid for a day. */
async function identity() {
  const [certificate, key] = ["own.crt", "own.key"].map((name) => join(folder, name));
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
  const files = ["-keyout", key, "-out", certificate];
  await promisify(execFile)("openssl", ["req", ...kind, "-days", "1", ...names, ...files]);
  return { certificate, key, text: await readFile(certificate) };
}

/** The page of somebody who has typed in this password, and the statuses of all answers to it. */
async function onPage(password, work) {
  const context = await bench.browser.newContext({
    locale: "en-US",
    reducedMotion: "reduce",
    ignoreHTTPSErrors: true, // The certificate is nobody's whom the browser knows.
    httpCredentials: { username: "anybody", password },
  });
  try {
    const statuses = new Map();
    context.on("response", (answer) => {
      const { pathname } = new URL(answer.url());
      if (answer.status() >= 400) statuses.set(pathname, answer.status());
    });
    await work(context, statuses);
  } finally {
    await context.close();
  }
}

/** The status of an answer to somebody without the token. */
const statusForStrangers = (address) =>
  new Promise((told, failed) => {
    get(`${program.origin}/${address}`, { ca: tls.text }, (answer) => {
      answer.resume();
      told(answer.statusCode);
    }).once("error", failed);
  });

test("a film is sent, watched, reviewed, hidden again and downloaded", () =>
  onPage(token, async (context, statuses) => {
    const ours = await OurPage.open(context, program.origin);
    const { page } = ours;
    await ours.choose(await walkingFilm(bench, { seconds: 0.6 }));
    const card = ours.card("walk.mp4");
    await card.getByRole("progressbar").waitFor();
    await card.getByText("Ready").waitFor(patient);

    await card.getByRole("button", { name: /^Review/ }).click();
    const picture = page.locator(".review-image");
    await picture.waitFor();
    assert.equal(await picture.evaluate((image) => image.naturalWidth > 0), true);
    await page.locator(".track-face img").first().waitFor();
    await page.getByRole("button", { name: "Original", exact: true }).click();
    await page.getByText("This is the film as it came").waitFor();
    await page.getByRole("button", { name: "Hidden", exact: true }).click();
    await page.getByRole("button", { name: /^Keep all along: Track 1/ }).click();
    await page.getByText("Your corrections are stored").waitFor();
    await page.getByRole("button", { name: "Hide again" }).click();
    await page.getByText("The film is hidden as shown here.").waitFor(patient);
    await page.keyboard.press("Escape");

    const link = card.getByRole("link", { name: /^Download film/ });
    const result = await link.getAttribute("href");
    const { name, bytes } = await ours.download(link);
    assert.equal(name, "walk-hidden.mp4");
    assert.equal(bytes.subarray(4, 8).toString("latin1"), "ftyp");
    const report = await ours.download(card.getByRole("link", { name: /^Report/ }));
    assert.equal(JSON.parse(report.bytes.toString()).kept, 1);

    const events = await page.evaluate(lastEventOf, result.replace(/result$/, "events"));
    assert.equal(events.state, "review");
    assert.deepEqual([...statuses], []);
    ours.assertClean(); // Also: nothing was asked of any other origin, or in the clear.
    const job = result.replace(/\/result$/, "");
    for (const what of ["", "/result", "/frames", "/original", "/plan", "/report", "/events"])
      assert.equal(await statusForStrangers(job.replace(/^\//, "") + what), 401, what);
  }));

test("a batch is watched to its end and downloaded as one file", () =>
  onPage(token, async (context, statuses) => {
    const ours = await OurPage.open(context, program.origin);
    const paths = [];
    for (let i = 0; i < 10; i += 1) paths.push(await bench.file(`tls/p${i}.png`, smallPng(i)));
    await ours.choose(...paths);
    await ours.page.locator(".batch .batch-facts").getByText(/^10 of 10 done/).waitFor(patient);
    const { bytes } = await ours.download(ours.page.locator(".toolbar").getByText(/^Download all/));
    assert.equal(bytes.subarray(0, 2).toString("latin1"), "PK");
    assert.deepEqual([...statuses], []);
    ours.assertClean();
  }));

test("whoever has the wrong token sees nothing", () =>
  onPage("another", async (context) => {
    const page = await context.newPage();
    const answer = await page.goto(program.origin).catch(() => null);
    assert.ok(answer === null || answer.status() === 401);
    assert.equal(await page.getByRole("main").count(), 0);
  }));

function lastEventOf(address) {
  return new Promise((told, failed) => {
    const events = new EventSource(address);
    const end = (event) => {
      events.close();
      told(JSON.parse(event.data));
    };
    events.addEventListener("job", end);
    events.addEventListener("end", end);
    events.onerror = () => failed(new Error("no events"));
  });
}

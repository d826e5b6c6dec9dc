// Two languages: by the browser, by the switch, and in the program's own sentences.
import assert from "node:assert/strict";
import test from "node:test";
import { workbench } from "./support/workbench.mjs";

const bench = workbench();
const han = /\p{Script=Han}/u;

test("a Chinese browser gets Chinese, in the program's sentences too", () =>
  bench.onPage({ locale: "zh-CN" }, async (ours) => {
    ours.expectedErrors.push(/4(15|22)/);
    assert.equal(await languageOf(ours), "zh-CN");
    const letter = await bench.file("letter.jpg", "Dear Sir or Madam,\n");
    const answer = ours.page.waitForResponse("**/api/v1/plan");
    await ours.choose(letter);
    const { detail } = await (await answer).json();
    assert.match(detail, han);
    await ours.says("letter.jpg", detail);
    await ours.choose(bench.group);
    await ours.says("group.png", "已完成");
    await ours.says("group.png", "已遮挡 3 张人脸");
    await ours.screenshot("desktop-zh");
  }));

for (const locale of ["en-US", "de-DE"]) {
  test(`a browser that speaks ${locale} gets English`, () =>
    bench.onPage({ locale }, async (ours) => {
      assert.equal(await languageOf(ours), "en");
      await ours.page.getByText("Choose photos").waitFor();
    }));
}

test("the language is switched with the pictures kept, and remembered", () =>
  bench.onPage({}, async (ours) => {
    await ours.choose(bench.group);
    await ours.says("group.png", "3 faces hidden");
    await ours.page.getByRole("button", { name: "中文" }).click();
    await ours.says("group.png", "已遮挡 3 张人脸");
    assert.equal(await languageOf(ours), "zh-CN");
    await ours.page.reload();
    await ours.page.getByText("将照片拖到这里").waitFor();
    assert.equal(await languageOf(ours), "zh-CN");
    await ours.page.getByRole("button", { name: "English" }).click();
    assert.equal(await languageOf(ours), "en");
  }));

test("the sentence of a failure follows the switch", () =>
  bench.onPage({}, async (ours) => {
    ours.expectedErrors.push(/4(15|22)/);
    await ours.choose(await bench.file("letter.jpg", "Dear Sir or Madam,\n"));
    await ours.says("letter.jpg", "Not done");
    const answer = ours.page.waitForResponse("**/api/v1/plan");
    await ours.page.getByRole("button", { name: "中文" }).click();
    const { detail } = await (await answer).json();
    assert.match(detail, han);
    await ours.says("letter.jpg", detail);
  }));

test("no English is left on the Chinese page", () =>
  bench.onPage({ locale: "zh-CN" }, async (ours) => {
    await ours.choose(bench.group, bench.landscape);
    await ours.says("group.png", "已完成");
    await ours.says("hills.png", /未找到人脸/);
    const text = await ours.page.locator("body").innerText();
    const words = text.match(/[A-Za-z]{3,}/g) ?? [];
    // Names: of the program, of formats, of keys, of our files, of the other language.
    const names =
      /^(FaceVeil|JPEG|PNG|WebP|HEIC|AVIF|TIFF|GIF|BMP|Ctrl|ZIP|group|hills|png|English)$/;
    assert.deepEqual(
      words.filter((word) => !names.test(word)),
      [],
    );
  }));

function languageOf(ours) {
  return ours.page.locator("html").getAttribute("lang");
}

// Makes the pictures of README.md from the program itself, with drawn people only:
// docs/pictures/{page-en,page-zh,before-after}.png. Usage: node scripts/make_pictures.mjs
// Needs a built program (FACEVEIL_PROGRAM, default build/release/faceveil) and the Debian packages
// chromium, fonts-inter and fonts-noto-cjk: the page takes Inter where it is installed.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBrowser } from "../tests/page/support/browser.mjs";
import { groupSvg, render } from "../tests/page/support/drawn.mjs";
import { OurPage } from "../tests/page/support/our_page.mjs";
import { sourceFolder, startProgram } from "../tests/page/support/program.mjs";

const pictures = join(sourceFolder, "docs/pictures");
const scratch = await mkdtemp(join(tmpdir(), "faceveil-pictures-"));
const [program, browser] = await Promise.all([startProgram(), startBrowser()]);
try {
  await mkdir(pictures, { recursive: true });
  const group = join(scratch, "group.png");
  await writeFile(group, await render(browser, groupSvg(), "image/png"));
  await picturePage(group, "en-US", "page-en.png", /faces hidden/);
  await picturePage(group, "zh-CN", "page-zh.png", /已遮挡/);
  await pictureComparison(group);
} finally {
  await browser.close();
  await program.stop();
  await rm(scratch, { recursive: true });
}

/** The whole page when a picture is done, the comparison drawn half way. */
async function picturePage(file, locale, name, done) {
  await onFinishedPage(file, { locale, viewport: { width: 1180, height: 900 } }, done, (page) =>
    page.screenshot({ path: join(pictures, name), fullPage: true }),
  );
}

/** Only the picture, original on the left and hidden on the right. */
async function pictureComparison(file) {
  const options = { locale: "en-US", viewport: { width: 1180, height: 1000 } };
  await onFinishedPage(file, options, /faces hidden/, (page, slider) =>
    slider.locator("..").screenshot({ path: join(pictures, "before-after.png") }),
  );
}

async function onFinishedPage(file, options, done, shoot) {
  const context = await browser.newContext({
    ...options,
    colorScheme: "light",
    reducedMotion: "reduce",
    deviceScaleFactor: 1.5,
  });
  const ours = await OurPage.open(context, program.origin);
  await ours.choose(file);
  await ours.says("group.png", done);
  const slider = ours.page.getByRole("slider", { name: /group\.png/ });
  await slider.fill("50");
  await ours.page.evaluate(() => document.activeElement?.blur());
  await shoot(ours.page, slider);
  await context.close();
}

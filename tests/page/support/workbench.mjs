// What every test file of the page needs: the program, the browser, drawn pictures as files, and a
// page that is watched. Call `workbench()` at the top of a test file.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before } from "node:test";
import { startBrowser } from "./browser.mjs";
import { groupSvg, landscapeSvg, render } from "./drawn.mjs";
import { OurPage } from "./our_page.mjs";
import { startProgram } from "./program.mjs";

export function workbench() {
  const bench = { origin: "", browser: null, folder: "", group: "", groupJpeg: "", landscape: "" };
  let program;

  before(async () => {
    bench.folder = await mkdtemp(join(tmpdir(), "faceveil-page-"));
    [program, bench.browser] = await Promise.all([startProgram(), startBrowser()]);
    bench.origin = program.origin;
    bench.group = await bench.file(
      "group.png",
      await render(bench.browser, groupSvg(), "image/png"),
    );
    bench.groupJpeg = await bench.file(
      "group.jpg",
      await render(bench.browser, groupSvg(), "image/jpeg"),
    );
    bench.landscape = await bench.file(
      "hills.png",
      await render(bench.browser, landscapeSvg(), "image/png"),
    );
  });

  after(async () => {
    await bench.browser?.close();
    await program?.stop();
    if (bench.folder) await rm(bench.folder, { recursive: true, force: true });
  });

  bench.file = async (name, content) => {
    const path = join(bench.folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  };

  /** Opens the page, gives it to `work`, and then checks that nothing went wrong on the side. */
  bench.onPage = async (options, work) => {
    const context = await bench.browser.newContext({ locale: "en-US", ...options });
    try {
      const ours = await OurPage.open(context, bench.origin);
      await work(ours);
      ours.assertClean();
    } finally {
      await context.close();
    }
  };
  return bench;
}

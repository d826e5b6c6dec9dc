// For people who use the keyboard, who listen to the page, who have a phone.
import assert from "node:assert/strict";
import test from "node:test";
import { workbench } from "./support/workbench.mjs";

const bench = workbench();

test("everything can be done with the keyboard alone", () =>
  bench.onPage({ reducedMotion: "reduce" }, async (ours) => {
    const { page } = ours;
    // Asked for before the way there: the browser must know that choosing is ours by the time of Enter.
    const choosing = page.waitForEvent("filechooser");
    await tabTo(ours, { type: "file" });
    await page.keyboard.press("Enter");
    await (await choosing).setFiles(bench.group);
    await ours.says("group.png", "3 faces hidden");

    await tabTo(ours, { type: "radio", name: "effect" });
    await page.keyboard.press("ArrowRight");
    await page.getByRole("progressbar").first().waitFor();
    await ours.says("group.png", "Done");
    assert.equal((await ours.sentFields()).at(-1).effect, "solid");

    await tabTo(ours, { type: "range", label: "Compare before and after: group.png" });
    const slider = page.getByRole("slider", { name: "Compare before and after: group.png" });
    const before = await slider.getAttribute("aria-valuetext");
    for (let i = 0; i < 10; i += 1) await page.keyboard.press("ArrowRight");
    assert.notEqual(await slider.getAttribute("aria-valuetext"), before);

    await tabTo(ours, { label: "Download group-hidden.png" });
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.keyboard.press("Enter"),
    ]);
    assert.equal(download.suggestedFilename(), "group-hidden.png");

    await tabTo(ours, { label: "Remove group.png" });
    await page.keyboard.press("Enter");
    assert.equal(await ours.cards().count(), 0);
    const { type } = await focused(ours);
    assert.equal(type, "file", "after the last picture the focus is where files are chosen");
  }));

test("whatever has the focus is seen to have it", () =>
  bench.onPage({ reducedMotion: "reduce" }, async (ours) => {
    await ours.choose(bench.group);
    await ours.says("group.png", "Done");
    const stops = await outlinesOfAllStops(ours);
    assert.ok(stops.length >= 8, `only ${stops.length} places to go`);
    for (const { what, seen } of stops) assert.ok(seen, `no visible focus: ${what}`);
  }));

test("what becomes of a picture is said aloud", () =>
  bench.onPage({}, async (ours) => {
    ours.expectedErrors.push(/4(15|22)/);
    const voice = ours.page.locator("[aria-live=polite]");
    const said = (text) => voice.filter({ hasText: text });
    const letter = await bench.file("letter.jpg", "no picture");
    for (const [path, sentence] of [
      [bench.group, "group.png: 3 faces hidden"],
      [bench.landscape, "hills.png: No face found; the picture is unchanged"],
      [letter, "letter.jpg is not done"],
    ]) {
      await ours.choose(path);
      await said(sentence).waitFor({ state: "attached" });
    }
  }));

test("controls, pictures and progress have names", () =>
  bench.onPage({}, async (ours) => {
    await ours.choose(bench.group);
    await ours.says("group.png", "Done");
    const nameless = await ours.page.evaluate(() =>
      [...document.querySelectorAll("button, a, input, img:not([alt=''])")]
        .filter((element) => {
          const label = element.labels?.[0]?.textContent ?? "";
          const words = [element.ariaLabel, element.alt, element.textContent, label];
          return !words.some((word) => word?.trim());
        })
        .map((element) => element.outerHTML),
    );
    assert.deepEqual(nameless, []);
    assert.equal(await ours.page.getByRole("heading", { level: 1 }).count(), 1);
  }));

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
for (const [locale, colorScheme] of [
  ["en-US", "dark"],
  ["zh-CN", "light"],
]) {
  test(`a phone of 360 pixels never scrolls sideways (${locale})`, () =>
    bench.onPage({ ...phone, locale, colorScheme }, async (ours) => {
      ours.expectedErrors.push(/4(15|22)/);
      assert.equal(await overhang(ours), 0);
      await ours.screenshot(`phone-${locale}-empty`);
      const name = `${"a-very-long-name-without-any-space".repeat(3)}.jpg`;
      await ours.choose(bench.group, bench.landscape, await bench.file(name, "no picture"));
      for (const card of ["group.png", "hills.png"]) await ours.downloadLink(card).waitFor();
      assert.equal(await overhang(ours), 0);
      await ours.page.locator("[aria-controls][aria-expanded=false]").click();
      assert.equal(await overhang(ours), 0);
      await ours.screenshot(`phone-${locale}-pictures`);
    }));
}

test("on a phone the controls are big enough for a finger", () =>
  bench.onPage(phone, async (ours) => {
    await ours.choose(bench.group);
    await ours.downloadLink("group.png").waitFor();
    const small = await ours.page.evaluate(() =>
      [...document.querySelectorAll("button, a, label")]
        .map((element) => ({
          what: element.outerHTML.slice(0, 80),
          box: element.getBoundingClientRect(),
        }))
        // WCAG 2.2, 2.5.8: 24 pixels; what is hidden has no size.
        .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
        .map(({ what }) => what),
    );
    assert.deepEqual(small, []);
  }));

function overhang(ours) {
  return ours.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

async function tabTo(ours, wanted) {
  const seen = [];
  for (let i = 0; i < 40; i += 1) {
    await ours.page.keyboard.press("Tab");
    const now = await focused(ours);
    if (Object.entries(wanted).every(([key, value]) => now[key] === value)) return;
    seen.push(JSON.stringify(now));
  }
  assert.fail(`not reached with Tab: ${JSON.stringify(wanted)}; passed ${seen.join(", ")}`);
}

function focused(ours) {
  return ours.page.evaluate(() => {
    const attribute = (name) => document.activeElement?.getAttribute(name) ?? "";
    return { type: attribute("type"), name: attribute("name"), label: attribute("aria-label") };
  });
}

// Goes once through the page with Tab. A stop is seen by an outline, its own or, where the input
// itself is drawn by the page, of what stands around or beside it.
async function outlinesOfAllStops(ours) {
  const stops = [];
  for (let i = 0; i < 40; i += 1) {
    await ours.page.keyboard.press("Tab");
    const stop = await ours.page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const near = [element, element.parentElement, ...element.parentElement.children];
      const seen = near.some((other) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(other);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      });
      return { what: element.outerHTML.slice(0, 100), seen };
    });
    if (!stop) break;
    stops.push(stop);
  }
  return stops;
}

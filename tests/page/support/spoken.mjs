// What a screen reader is given of the page: chromium's own tree of roles and names.

const controls = new Set([
  "button",
  "link",
  "textbox",
  "slider",
  "spinbutton",
  "combobox",
  "checkbox",
  "switch",
  "radio",
  "progressbar",
  "image",
  "DisclosureTriangle",
]);

/** Each control and picture that is told of: its role and its name. */
export async function spokenControls({ page }) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  return nodes
    .filter(({ ignored, role }) => !ignored && controls.has(role?.value))
    .map(({ role, name }) => ({ role: role.value, name: name?.value?.trim() ?? "" }));
}

/** What has the focus: its role and its name. */
export async function spokenFocus({ page }) {
  const session = await page.context().newCDPSession(page);
  const { result } = await session.send("Runtime.evaluate", { expression: "document.activeElement" });
  const { nodes } = await session.send("Accessibility.getPartialAXTree", {
    objectId: result.objectId,
    fetchRelatives: false,
  });
  await session.detach();
  const [{ role, name }] = nodes;
  return { role: role?.value ?? "", name: name?.value ?? "" };
}

/** Goes on with the tabulator until what has the focus is as `check` wants it: all that had it. */
export async function tabTo(ours, check, steps = 60) {
  const passed = [];
  for (let i = 0; i < steps; i += 1) {
    await ours.page.keyboard.press("Tab");
    passed.push(await spokenFocus(ours));
    if (check(passed.at(-1))) return passed;
  }
  throw new Error(`not reached: ${passed.map(({ name }) => name).join(" | ")}`);
}

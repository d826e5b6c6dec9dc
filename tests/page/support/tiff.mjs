// Writes TIFF, which browsers cannot: a format that the page can only show as JPEG.

/** A picture file as a plain RGB file of TIFF 6.0: header, pixels in one strip, directory. */
export async function tiffOf(browser, picture) {
  const page = await browser.newPage();
  const { width, height, rgb } = await page.evaluate(rgbInPage, picture.toString("base64"));
  await page.close();
  const pixels = Buffer.from(rgb, "base64");
  const short = 3;
  const long = 4;
  const bitsAt = 8 + pixels.length;
  const entries = [
    // Tag, type, count, value: TIFF 6.0, section 6.
    [256, long, 1, width],
    [257, long, 1, height],
    [258, short, 3, bitsAt],
    [259, short, 1, 1],
    [262, short, 1, 2],
    [273, long, 1, 8],
    [277, short, 1, 3],
    [278, long, 1, height],
    [279, long, 1, pixels.length],
  ];
  const tail = Buffer.alloc(6 + 2 + 12 * entries.length + 4);
  for (const i of [0, 2, 4]) tail.writeUInt16LE(8, i);
  tail.writeUInt16LE(entries.length, 6);
  entries.forEach(([tag, type, count, value], i) => {
    const at = 8 + 12 * i;
    tail.writeUInt16LE(tag, at);
    tail.writeUInt16LE(type, at + 2);
    tail.writeUInt32LE(count, at + 4);
    tail.writeUInt32LE(value, at + 8);
  });
  const head = Buffer.from("II*\0\0\0\0\0", "latin1");
  head.writeUInt32LE(bitsAt + 6, 4);
  return Buffer.concat([head, pixels, tail]);
}

async function rgbInPage(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const rgba = context.getImageData(0, 0, width, height).data;
  let rgb = "";
  for (let i = 0; i < rgba.length; i += 4)
    rgb += String.fromCharCode(rgba[i], rgba[i + 1], rgba[i + 2]);
  return { width, height, rgb: btoa(rgb) };
}

// Which pictures move: a GIF or WebP of at least two pictures goes the way of films, as the program
// sees it too (media/animation).

const mayMove = (file: File): boolean =>
  /^image\/(gif|webp)$/.test(file.type) || /\.(gif|webp)$/i.test(file.name);

/** The ones among the files that move. Reads no others than GIF and WebP. */
export async function animatedOf(files: readonly File[]): Promise<ReadonlySet<File>> {
  const found = await Promise.all(
    files.filter(mayMove).map(async (file) => ((await moves(file)) ? [file] : [])),
  );
  return new Set(found.flat());
}

export const anyMayMove = (files: readonly File[]): boolean => files.some(mayMove);

async function moves(file: File): Promise<boolean> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const text = (at: number, length: number) =>
      String.fromCharCode(...bytes.subarray(at, at + length));
    if (text(0, 4) === "GIF8") return hasTwoImages(bytes);
    return text(0, 4) === "RIFF" && text(8, 4) === "WEBP" && hasTwoFrames(bytes, text);
  } catch {
    return false; // Who works on it as a still will say what is wrong with it.
  }
}

const paletteBytes = (flags: number): number => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);

// GIF89a: extensions and images, each ending in blocks that say their length, the last of them 0.
function hasTwoImages(bytes: Uint8Array): boolean {
  const at8 = (at: number): number => bytes[at] ?? 0;
  let at = 13 + paletteBytes(at8(10));
  let count = 0;
  while (count < 2 && (at8(at) === 0x21 || at8(at) === 0x2c)) {
    const isImage = at8(at) === 0x2c;
    if (isImage) count += 1;
    at += isImage ? 11 + paletteBytes(at8(at + 9)) : 2;
    while (at8(at) !== 0) at += 1 + at8(at);
    at += 1;
  }
  return count === 2;
}

// RFC 9649, section 2.3: chunks of a type, a length and as many bytes, to an even length.
function hasTwoFrames(
  bytes: Uint8Array,
  text: (at: number, length: number) => string,
): boolean {
  const view = new DataView(bytes.buffer);
  let count = 0;
  for (let at = 12; count < 2 && at + 8 <= bytes.length; ) {
    if (text(at, 4) === "ANMF") count += 1;
    const length = view.getUint32(at + 4, true);
    at += 8 + length + (length % 2);
  }
  return count === 2;
}

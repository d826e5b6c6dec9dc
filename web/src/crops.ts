// Small pictures of faces, cut out of the original file in the browser. A picture is decoded once
// for all its faces, one picture at a time.
import { boxOf, overlap, type Track } from "./plan";
import type { Picture } from "./picture";
import { Queue } from "./queue";

const cropPixels = 192;
// Around the face, so that one sees where it is: share of its longer side.
const margin = 0.35;

export class Crops {
  private readonly cut = new Map<string, ImageBitmap | null>();
  private readonly queue = new Queue(1);

  /** Null where the browser cannot read the file's format. */
  async of(picture: Picture, track: Track): Promise<ImageBitmap | null> {
    const key = keyOf(picture, track);
    if (!this.cut.has(key)) {
      await this.queue.run(async () => {
        if (!this.cut.has(key)) await this.cutAll(picture, track);
      });
    }
    return this.cut.get(key) ?? null;
  }

  private async cutAll(picture: Picture, wanted: Track): Promise<void> {
    const tracks = [wanted, ...(picture.edits?.present.tracks ?? [])];
    const whole = await decoded(picture).catch(() => null);
    for (const track of tracks) {
      const key = keyOf(picture, track);
      if (this.cut.has(key)) continue;
      this.cut.set(key, whole ? await crop(whole, track) : null);
    }
    whole?.close();
  }
}

async function decoded({ original, originalUrl }: Picture): Promise<ImageBitmap | null> {
  if (original) return createImageBitmap(original);
  return originalUrl ? createImageBitmap(await (await fetch(originalUrl)).blob()) : null;
}

function keyOf({ id }: Picture, track: Track): string {
  const { x, y, width, height } = boxOf(track);
  return [id, x, y, width, height].join();
}

async function crop(whole: ImageBitmap, track: Track): Promise<ImageBitmap | null> {
  const { x, y, width, height } = boxOf(track);
  const side = Math.max(8, Math.round(Math.max(width, height) * (1 + 2 * margin)));
  const left = Math.round(x + width / 2 - side / 2);
  const top = Math.round(y + height / 2 - side / 2);
  const area = { x: left, y: top, width: side, height: side };
  if (overlap(area, { x: 0, y: 0, width: whole.width, height: whole.height }) === 0) return null;
  return createImageBitmap(whole, left, top, side, side, {
    resizeWidth: cropPixels,
    resizeHeight: cropPixels,
    resizeQuality: "medium",
  });
}

export const crops = new Crops();

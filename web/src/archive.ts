// All results in one ZIP file, made in the page. Stored, not compressed: pictures already are.
// Streamed: one piece of one picture is in the page's memory at a time; what is written goes to the
// browser's own store, which keeps large files on disk.
import { Zip, ZipPassThrough } from "fflate";

export interface Entry {
  readonly name: string;
  /** Asked for when its turn has come, so that one is in memory at a time. */
  readonly file: () => Promise<Blob>;
}

const pieceBytesMax = 4 << 20;

export async function archiveOf(entries: readonly Entry[]): Promise<Blob> {
  const parts: Blob[] = [];
  const archive = new Zip((error, chunk) => {
    if (error) throw error;
    parts.push(new Blob([chunk as Uint8Array<ArrayBuffer>]));
  });
  for (const { name, file: fetchFile } of entries) {
    const file = await fetchFile();
    const entry = new ZipPassThrough(name);
    archive.add(entry);
    for (let at = 0; at < file.size; at += pieceBytesMax) {
      const piece = file.slice(at, at + pieceBytesMax);
      entry.push(new Uint8Array(await piece.arrayBuffer()));
    }
    entry.push(new Uint8Array(0), true);
  }
  archive.end();
  return new Blob(parts, { type: "application/zip" });
}

/** Lets the browser save a file as if a download link had been pressed. */
export function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser reads the address after this event; a minute is far more than it needs.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// All results in one ZIP file, made in the page. Stored, not compressed: pictures already are.
import { Zip, ZipPassThrough } from "fflate";
import { distinctNames } from "./file_names";
import type { Result } from "./picture";

export async function archiveOf(results: readonly Result[]): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const archive = new Zip((error, chunk) => {
    if (error) throw error;
    parts.push(chunk as Uint8Array<ArrayBuffer>);
  });
  const names = distinctNames(results.map((result) => result.fileName));
  for (const [i, result] of results.entries()) {
    const entry = new ZipPassThrough(names[i] ?? result.fileName);
    archive.add(entry);
    entry.push(new Uint8Array(await result.file.arrayBuffer()), true);
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

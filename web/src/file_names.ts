// Names of downloaded files.

const extensionsOfType: Readonly<Record<string, readonly string[]>> = {
  "image/jpeg": ["jpg", "jpeg", "jpe", "jfif"],
  "image/png": ["png"],
  "image/webp": ["webp"],
  "image/tiff": ["tif", "tiff"],
  "image/gif": ["gif"],
  "image/bmp": ["bmp", "dib"],
  "image/heic": ["heic", "heif"],
  "image/heif": ["heif", "heic"],
  "image/avif": ["avif"],
};

/**
 * `party.JPG` becomes `party-hidden.JPG`. A picture in which nothing was hidden is not called so.
 * The extension follows the type of the result where the original's does not fit it.
 */
export function resultName(originalName: string, type: string, faces: number): string {
  const [, stem = originalName, extension = ""] = /^(.+)\.([^.]*)$/.exec(originalName) ?? [];
  const fitting = extensionsOfType[type.split(";")[0] ?? ""] ?? [];
  const keep = fitting.length === 0 || fitting.includes(extension.toLowerCase());
  const ending = keep ? extension : (fitting[0] ?? "");
  return `${stem}-${faces > 0 ? "hidden" : "unchanged"}${ending ? `.${ending}` : ""}`;
}

/** The same names, with " (2)" and so on where one comes again; case does not tell files apart. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const [, stem = name, extension = ""] = /^(.+)(\.[^.]*)$/.exec(name) ?? [];
    let distinct = name;
    for (let n = 2; taken.has(distinct.toLowerCase()); n += 1)
      distinct = `${stem} (${n})${extension}`;
    taken.add(distinct.toLowerCase());
    return distinct;
  });
}

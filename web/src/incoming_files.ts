// Finds the files in what is dropped or pasted, folders included.

export async function filesOf(transfer: DataTransfer | null): Promise<File[]> {
  if (!transfer) return [];
  // Everything is taken out at once: the browser empties the transfer when the event is over.
  const items = Array.from(transfer.items).filter((item) => item.kind === "file");
  const found = items.map((item) => {
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    return entry?.isDirectory
      ? filesInFolder(entry as FileSystemDirectoryEntry)
      : file
        ? [file]
        : [];
  });
  return (await Promise.all(found)).flat();
}

/** As file managers list them: browsers give a folder's files in any order. */
export function inOrder(files: readonly File[]): File[] {
  const place = (file: File) => file.webkitRelativePath || file.name;
  return [...files].sort((a, b) => place(a).localeCompare(place(b), undefined, { numeric: true }));
}

export function carriesFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes("Files") ?? false;
}

async function filesInFolder(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const files: File[] = [];
  const entries = await entriesOf(folder);
  entries.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    if (entry.isDirectory) files.push(...(await filesInFolder(entry as FileSystemDirectoryEntry)));
    else files.push(await fileOf(entry as FileSystemFileEntry));
  }
  return files;
}

// A reader gives a folder in portions, and an empty one at the end.
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (portion.length === 0) return entries;
    entries.push(...portion);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

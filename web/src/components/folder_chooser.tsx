// A whole folder at once, with the folders in it.
import { inOrder } from "../incoming_files";
import { useWords } from "../words";
import { FolderIcon } from "./icons";

export function FolderChooser({ onFiles }: { onFiles: (files: File[]) => void }) {
  const words = useWords();
  const take = (input: HTMLInputElement) => {
    // Hidden files are the system's own (.DS_Store); everything else is tried, and said.
    const files = inOrder(
      Array.from(input.files ?? []).filter(({ name }) => !name.startsWith(".")),
    );
    input.value = "";
    if (files.length > 0) onFiles(files);
  };
  return (
    <label class="button button--small folder-chooser">
      <input
        class="visually-hidden"
        type="file"
        ref={(input) => input?.setAttribute("webkitdirectory", "")}
        multiple
        onChange={(event) => take(event.currentTarget)}
      />
      <FolderIcon />
      {words.chooseFolder}
    </label>
  );
}

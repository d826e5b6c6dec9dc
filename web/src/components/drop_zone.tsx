// Where pictures come in: a place to drop them and a button to choose them. (Drops are taken by the
// whole window, see useIncomingFiles.)
import type { RefObject } from "preact";
import { useWords } from "../words";
import { FolderChooser } from "./folder_chooser";
import { CameraIcon, Illustration, PlusIcon } from "./icons";
import { TrustLine } from "./trust_line";

interface DropZoneProps {
  compact: boolean;
  chooser: RefObject<HTMLInputElement>;
  onFiles: (files: File[]) => void;
  onCamera: () => void;
}

export function DropZone({ compact, chooser, onFiles, onCamera }: DropZoneProps) {
  const words = useWords();
  return (
    <section class={compact ? "intake intake--compact" : "intake"}>
      <div class="intake-words">
        <h1 class="headline">{words.headline}</h1>
        {!compact && <p class="lead">{words.lead}</p>}
        <TrustLine />
      </div>
      <div class="drop-zone">
        {!compact && <Illustration />}
        <p class="drop-title">{compact ? words.dropMore : words.dropHere}</p>
        <Chooser
          label={compact ? words.chooseMore : words.choose}
          chooser={chooser}
          onFiles={onFiles}
        />
        <div class="more-ways">
          <FolderChooser onFiles={onFiles} />
          <button type="button" class="button button--small" onClick={onCamera}>
            <CameraIcon /> {words.camera}
          </button>
        </div>
        <p class="drop-hint">{words.orPaste}</p>
        {!compact && <p class="drop-hint drop-formats">{words.formats}</p>}
      </div>
    </section>
  );
}

interface ChooserProps {
  label: string;
  chooser: RefObject<HTMLInputElement>;
  onFiles: (files: File[]) => void;
}

// The browser's own file field stays (keyboard, screen readers), under a label that looks like a
// button. `accept` names the formats that some systems do not count as pictures.
function Chooser({ label, chooser, onFiles }: ChooserProps) {
  const take = (input: HTMLInputElement) => {
    const files = Array.from(input.files ?? []);
    // Without this, choosing the same file again would be no change.
    input.value = "";
    if (files.length > 0) onFiles(files);
  };
  return (
    <label class="button button--primary chooser">
      <input
        ref={chooser}
        class="visually-hidden"
        type="file"
        accept="image/*,video/*,audio/*,.heic,.heif,.avif,.tif,.tiff,.mkv,.ts,.avi"
        multiple
        onChange={(event) => take(event.currentTarget)}
      />
      <PlusIcon />
      {label}
    </label>
  );
}

/** Covers the window while files hover over it. */
export function DropOverlay() {
  const words = useWords();
  return (
    <div class="drop-overlay" aria-hidden="true">
      <p class="drop-overlay-words">{words.dropAnywhere}</p>
    </div>
  );
}

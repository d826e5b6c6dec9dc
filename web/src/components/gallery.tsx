// All pictures, and what can be done with all of them at once.
import { archiveOf, save } from "../archive";
import type { Picture, Result } from "../picture";
import { sensitivityMax } from "../settings";
import { useWords } from "../words";
import type { Workshop } from "../workshop";
import { DownloadIcon, EyeIcon } from "./icons";
import { PictureCard } from "./picture_card";

interface GalleryProps {
  workshop: Workshop;
  /** The last picture was removed: the focus needs a new place. */
  onEmptied: () => void;
}

export function Gallery({ workshop, onEmptied }: GalleryProps) {
  const words = useWords();
  const { pictures, settings } = workshop;
  const remove = (id: number) => {
    workshop.remove(id);
    if (workshop.pictures.length === 0) onEmptied();
  };
  const removeAll = () => {
    workshop.removeAll();
    onEmptied();
  };
  return (
    <section class="gallery" aria-labelledby="gallery-title">
      <div class="toolbar">
        <h2 class="toolbar-title" id="gallery-title">
          {words.pictures(pictures.length)}
        </h2>
        <LookAgain pictures={pictures} />
        <DownloadAll pictures={pictures} />
        {pictures.length > 1 && (
          <button type="button" class="button button--quiet" onClick={removeAll}>
            {words.removeAll}
          </button>
        )}
      </div>
      <ul class={pictures.length === 1 ? "cards cards--single" : "cards"}>
        {pictures.map((picture) => (
          <PictureCard
            key={picture.id}
            picture={picture}
            canLookHarder={settings.sensitivity < sensitivityMax}
            onLookHarder={() => workshop.change({ sensitivity: sensitivityMax })}
            onRetry={() => workshop.retry(picture.id)}
            onRemove={() => remove(picture.id)}
          />
        ))}
      </ul>
    </section>
  );
}

// In a long list a picture in which nothing was found must not go unseen.
function LookAgain({ pictures }: { pictures: readonly Picture[] }) {
  const words = useWords();
  const count = pictures.flatMap(resultOf).filter(({ faces }) => faces === 0).length;
  if (count === 0 || pictures.length < 2) return null;
  return (
    <p class="look-again">
      <EyeIcon /> {words.lookAgain(count)}
    </p>
  );
}

function DownloadAll({ pictures }: { pictures: readonly Picture[] }) {
  const words = useWords();
  if (pictures.length < 2) return null;
  const results = pictures.flatMap(resultOf);
  // While some are worked on, "all" would not be all.
  const working = pictures.some(({ state }) => state === "working");
  const saveAll = async () => save(await archiveOf(results), "faceveil.zip");
  return (
    <button
      type="button"
      class="button button--primary"
      disabled={working || results.length === 0}
      onClick={() => void saveAll()}
    >
      <DownloadIcon />
      {words.downloadAll(results.length)}
    </button>
  );
}

function resultOf({ state, result }: Picture): Result[] {
  return state === "done" && result ? [result] : [];
}

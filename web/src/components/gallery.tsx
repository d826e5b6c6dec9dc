// All pictures, and what can be done with them together.
import { useMemo, useState } from "preact/hooks";
import type { Picture, Result } from "../picture";
import { sensitivityMax } from "../settings";
import { useWords } from "../words";
import type { Workshop } from "../workshop";
import { BatchBar } from "./batch_bar";
import { DownloadAll } from "./download_all";
import { EyeIcon, FacesIcon } from "./icons";
import { PictureCard, type PictureCardProps } from "./picture_card";
import { Segments } from "./segments";

interface GalleryProps {
  workshop: Workshop;
  version: string;
  onReview: (id: number) => void;
  onSheet: () => void;
  /** The last picture was removed: the focus needs a new place. */
  onEmptied: () => void;
}

const filters = ["all", "doubtful", "failed"] as const;
type Filter = (typeof filters)[number];

export function Gallery({ workshop, version, onReview, onSheet, onEmptied }: GalleryProps) {
  const words = useWords();
  const [filter, setFilter] = useState<Filter>("all");
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
        <button type="button" class="button" onClick={onSheet}>
          <FacesIcon />
          {words.sheet}
        </button>
        <DownloadAll workshop={workshop} version={version} />
        {pictures.length > 1 && (
          <button type="button" class="button button--quiet" onClick={removeAll}>
            {words.removeAll}
          </button>
        )}
      </div>
      <BatchBar workshop={workshop} />
      {pictures.length > 3 && <Filters filter={filter} onFilter={setFilter} pictures={pictures} />}
      <ul class={pictures.length === 1 ? "cards cards--single" : "cards"}>
        {pictures
          .filter((picture) => passes(picture, filter))
          .map((picture) => (
            <CardSlot
              key={picture.id}
              picture={picture}
              canLookHarder={settings.sensitivity < sensitivityMax && picture.original !== null}
              onLookHarder={() => workshop.change({ sensitivity: sensitivityMax })}
              onReview={() => onReview(picture.id)}
              onRetry={() => workshop.retry(picture.id)}
              onCancel={() => workshop.cancelOne(picture.id)}
              onNear={() => void workshop.wantOriginal(picture.id)}
              onHideFound={() => workshop.hideFound(picture.id)}
              onAccept={() => workshop.accept(picture.id)}
              onRemove={() => remove(picture.id)}
            />
          ))}
      </ul>
    </section>
  );
}

// Of hundreds of cards only the one whose picture has changed is drawn anew.
function CardSlot(props: PictureCardProps) {
  return useMemo(() => <PictureCard {...props} />, [props.picture, props.canLookHarder]);
}

interface FiltersProps {
  filter: Filter;
  onFilter: (filter: Filter) => void;
  pictures: readonly Picture[];
}

function Filters({ filter, onFilter, pictures }: FiltersProps) {
  const words = useWords();
  return (
    <Segments
      label={words.show}
      choices={filters}
      chosen={filter}
      textOf={(choice) =>
        `${words.filters[choice]} (${pictures.filter((one) => passes(one, choice)).length})`
      }
      onChoose={onFilter}
      look="filters"
    />
  );
}

// To check: doubtful faces, and pictures in which nothing was found.
function passes(picture: Picture, filter: Filter): boolean {
  if (filter === "failed") return picture.state === "failed";
  if (filter === "all") return true;
  const doubtful = picture.edits?.present.tracks.some((track) => track.needs_review) ?? false;
  return doubtful || resultsOf(picture).some(({ faces }) => faces === 0);
}

// In a long list a picture in which nothing was found must not go unseen.
function LookAgain({ pictures }: { pictures: readonly Picture[] }) {
  const words = useWords();
  const count = pictures.flatMap(resultsOf).filter(({ faces }) => faces === 0).length;
  if (count === 0 || pictures.length < 2) return null;
  return (
    <p class="look-again">
      <EyeIcon /> {words.lookAgain(count)}
    </p>
  );
}

function resultsOf({ state, result }: Picture): Result[] {
  return state === "done" && result ? [result] : [];
}

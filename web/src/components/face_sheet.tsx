// Contact sheet: all faces of all pictures, so that hundreds are checked in a minute.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Picture } from "../picture";
import { kindOf, scoreOf, toggle, type Track } from "../plan";
import { useWords } from "../words";
import type { Workshop } from "../workshop";
import { FaceCrop } from "./face_crop";
import { FaceMark } from "./face_mark";
import { IconButton } from "./icon_button";
import { BackIcon, EyeIcon } from "./icons";
import { Legend } from "./legend";
import { Segments } from "./segments";

interface FaceSheetProps {
  workshop: Workshop;
  onReview: (place: { id: number; track: number }) => void;
  onBack: () => void;
}

interface Tile {
  readonly picture: Picture;
  readonly track: Track;
  readonly index: number;
}

const orders = ["doubtFirst", "sureFirst"] as const;

export function FaceSheet({ workshop, onReview, onBack }: FaceSheetProps) {
  const words = useWords();
  const title = useRef<HTMLHeadingElement>(null);
  const [order, setOrder] = useState<(typeof orders)[number]>("doubtFirst");
  useEffect(() => title.current?.focus(), []);
  const sign = order === "doubtFirst" ? 1 : -1;
  const tiles = workshop.pictures
    .flatMap(tilesOf)
    .sort((a, b) => sign * (scoreOf(a.track) - scoreOf(b.track)));
  return (
    <main
      class="sheet"
      aria-labelledby="sheet-title"
      onKeyDown={(event) => event.key === "Escape" && onBack()}
    >
      <div class="sheet-head">
        <IconButton label={words.back} onClick={onBack} icon={<BackIcon />} />
        <h1 class="sheet-title" id="sheet-title" ref={title} tabIndex={-1}>
          {words.sheet} ({tiles.length})
        </h1>
        <Segments
          label={words.sheetOrder}
          choices={orders}
          chosen={order}
          textOf={(choice) => words.sheetOrders[choice]}
          onChoose={setOrder}
        />
      </div>
      <p class="control-hint">{tiles.length > 0 ? words.sheetLead : words.sheetEmpty}</p>
      <Legend />
      <ul class="tiles">
        {tiles.map((tile) => (
          <FaceTile
            key={`${tile.picture.id}-${tile.track.id}`}
            {...tile}
            onToggle={() => workshop.edit(tile.picture.id, (plan) => toggle(plan, tile.track.id))}
            onReview={() => onReview({ id: tile.picture.id, track: tile.track.id })}
          />
        ))}
      </ul>
    </main>
  );
}

function tilesOf(picture: Picture): Tile[] {
  return (picture.edits?.present.tracks ?? []).map((track, i) => ({
    picture,
    track,
    index: i + 1,
  }));
}

function FaceTile(props: Tile & { onToggle: () => void; onReview: () => void }) {
  const { picture, track, index, onToggle, onReview } = props;
  const words = useWords();
  const hidden = track.decision === "hide";
  const mark = hidden ? kindOf(track) : "kept";
  const { name } = picture;
  return (
    <li class={`tile tile--${mark}`}>
      <button
        type="button"
        class="tile-face"
        aria-pressed={hidden}
        aria-label={words.sheetToggle(words.faceName(index), name, hidden)}
        title={name}
        onClick={onToggle}
      >
        <FaceCrop picture={picture} track={track} />
        <span class="tile-state">
          <FaceMark mark={mark} /> {hidden ? words.hiddenShort : words.keptShort}
        </span>
      </button>
      <div class="tile-foot">
        <span>{Math.round(100 * scoreOf(track))}%</span>
        <button
          type="button"
          class="tile-open"
          aria-label={`${words.openInReview(name)}: ${words.faceName(index)}`}
          title={words.openInReview(name)}
          onClick={onReview}
        >
          <EyeIcon />
        </button>
      </div>
    </li>
  );
}

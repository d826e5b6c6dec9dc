// One face on the picture: a box that can be reached, toggled, moved and resized.
import { type Box, kindOf, regionOf, type Track } from "../plan";
import { placeOf, type Size } from "../stage_view";
import { useWords } from "../words";
import { FaceMark } from "./face_mark";

export type Corner = "nw" | "ne" | "sw" | "se";
const corners: readonly Corner[] = ["nw", "ne", "sw", "se"];

interface FaceBoxProps {
  track: Track;
  index: number;
  count: number;
  picture: Size;
  selected: boolean;
  /** Where it is while it is being dragged. */
  draft: Box | null;
  onSelect: () => void;
  onToggle: () => void;
  onKey: (event: KeyboardEvent) => void;
  onGrab: (event: PointerEvent, corner: Corner | null) => void;
}

export function faceElementId(track: number): string {
  return `face-${track}`;
}

export function FaceBox(props: FaceBoxProps) {
  const { track, index, count, picture, selected, draft, onSelect, onToggle, onKey, onGrab } =
    props;
  const words = useWords();
  const hidden = track.decision === "hide";
  const kind = kindOf(track);
  const place = placeOf(draft ?? regionOf(track), picture);
  const look = `face face--${hidden ? kind : "kept"} face--${track.shape}`;
  return (
    <div class={selected ? `${look} face--selected` : look} style={place}>
      <button
        type="button"
        id={faceElementId(track.id)}
        class="face-button"
        aria-pressed={hidden}
        aria-label={words.faceLabel(index, count, words.kinds[kind], hidden)}
        onFocus={onSelect}
        onKeyDown={onKey}
        onPointerDown={(event) => onGrab(event, null)}
        // Presses of keys and of screen readers; those of a pointer select.
        onClick={(event) => event.detail === 0 && onToggle()}
      />
      <FaceMark mark={hidden ? kind : "kept"} />
      {selected &&
        corners.map((corner) => (
          <span
            key={corner}
            class={`face-corner face-corner--${corner}`}
            onPointerDown={(event) => onGrab(event, corner)}
          />
        ))}
    </div>
  );
}

// The faces of the picture under review, each with what can be said of it and done to it.
import type { Picture } from "../picture";
import { kindOf, type Plan, scoreOf, type Track } from "../plan";
import { useWords } from "../words";
import { DecisionButtons } from "./decision_buttons";
import { FaceCrop } from "./face_crop";
import { FaceMark } from "./face_mark";

interface FaceListProps {
  picture: Picture;
  plan: Plan;
  selected: number | null;
  onSelect: (track: number) => void;
  onToggle: (track: number) => void;
  onConfirm: (track: number) => void;
  onRemove: (track: number) => void;
}

export function FaceList(props: FaceListProps) {
  return (
    <ol class="face-list">
      {props.plan.tracks.map((track, i) => (
        <FaceRow key={track.id} {...props} track={track} index={i + 1} />
      ))}
    </ol>
  );
}

function FaceRow(props: FaceListProps & { track: Track; index: number }) {
  const { picture, track, index, selected } = props;
  const words = useWords();
  const hidden = track.decision === "hide";
  const kind = kindOf(track);
  const name = words.faceName(index);
  return (
    <li class={track.id === selected ? "face-row face-row--selected" : "face-row"}>
      <span class="face-row-crop" onClick={() => props.onSelect(track.id)}>
        <FaceCrop picture={picture} track={track} />
      </span>
      <span class="face-row-words">
        <span class="face-row-name">
          <FaceMark mark={hidden ? kind : "kept"} /> {name}
        </span>
        <span class="face-row-kind">
          {hidden ? words.kinds[kind] : words.kinds.kept}
          {track.origin === "detector" && ` · ${words.sure(Math.round(100 * scoreOf(track)))}`}
        </span>
      </span>
      <span class="face-row-actions">
        <DecisionButtons
          track={track}
          name={name}
          onToggle={() => props.onToggle(track.id)}
          onConfirm={() => props.onConfirm(track.id)}
        />
        {track.id === selected && (
          <button
            type="button"
            class="button button--small button--quiet"
            aria-label={`${words.deleteThis}: ${name}`}
            onClick={() => props.onRemove(track.id)}
          >
            {words.deleteThis}
          </button>
        )}
      </span>
    </li>
  );
}

// What a person says of one face, or of one track: keep it or hide it, and that it is right.
import type { Track } from "../plan";
import { useWords } from "../words";

interface DecisionButtonsProps {
  track: Track;
  name: string; // Told with each button, for those who do not see which row it stands in.
  onToggle: () => void;
  onConfirm: () => void;
}

export function DecisionButtons({ track, name, onToggle, onConfirm }: DecisionButtonsProps) {
  const words = useWords();
  const other = track.decision === "hide" ? words.keepThis : words.hideThis;
  return (
    <>
      <button
        type="button"
        class="button button--small"
        aria-label={`${other}: ${name}`}
        onClick={onToggle}
      >
        {other}
      </button>
      {track.needs_review && (
        <button
          type="button"
          class="button button--small"
          aria-label={`${words.confirmThis}: ${name}`}
          onClick={onConfirm}
        >
          {words.confirmThis}
        </button>
      )}
    </>
  );
}

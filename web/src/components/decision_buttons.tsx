// What a person says of one face, or of one track: keep it or hide it, and that it is right.
import type { Track } from "../plan";
import { useWords } from "../words";

interface DecisionButtonsProps {
  track: Track;
  name: string; // Told with each button, for those who do not see which row it stands in.
  /** What keeping and hiding mean here; else of one face. */
  keepLabel?: string;
  hideLabel?: string;
  onToggle: () => void;
  onConfirm: () => void;
}

export function DecisionButtons(props: DecisionButtonsProps) {
  const { track, name, onToggle, onConfirm } = props;
  const words = useWords();
  const { keepLabel = words.keepThis, hideLabel = words.hideThis } = props;
  const other = track.decision === "hide" ? keepLabel : hideLabel;
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

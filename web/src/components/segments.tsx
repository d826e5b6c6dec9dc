// One choice of a few, as buttons side by side.

interface SegmentsProps<T extends string> {
  label: string;
  choices: readonly T[];
  chosen: T;
  textOf: (choice: T) => string;
  /** Where the words of a choice are of another language than the page's. */
  langOf?: (choice: T) => string;
  onChoose: (choice: T) => void;
  /** Further classes of the group. */
  look?: string;
}

export function Segments<T extends string>(props: SegmentsProps<T>) {
  const { label, choices, chosen, textOf, langOf, onChoose, look } = props;
  return (
    <div class={look ? `segments ${look}` : "segments"} role="group" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice}
          type="button"
          class="segment"
          lang={langOf?.(choice)}
          aria-pressed={choice === chosen}
          onClick={() => onChoose(choice)}
        >
          {textOf(choice)}
        </button>
      ))}
    </div>
  );
}

// What the boxes of the review mean.
import { useWords } from "../words";
import { FaceMark, type Mark } from "./face_mark";

const marks: readonly Mark[] = ["certain", "doubtful", "hand", "kept"];

export function Legend() {
  const words = useWords();
  return (
    <ul class="legend" aria-label={words.legend}>
      {marks.map((mark) => (
        <li key={mark} class="legend-item">
          <span class={`legend-line legend-line--${mark}`} aria-hidden="true" />
          <FaceMark mark={mark} />
          {words.kinds[mark]}
        </li>
      ))}
    </ul>
  );
}

// The sign of a kind of face. Kinds differ by sign and by line, never by colour alone.
import type { FaceKind } from "../plan";

export type Mark = FaceKind | "kept";

const signs: Readonly<Record<Mark, string>> = {
  certain: "M3.500 8.500 6.500 11.500 12.500 5",
  doubtful: "M5.500 6a2.500 2.500 0 1 1 3.600 2.200Q8 8.800 8 10M8 12.700v.1",
  hand: "M4 12l.7-2.700L10.500 3.500l2 2L6.700 11.300z",
  kept: "M1.800 8S4 4 8 4s6.200 4 6.200 4S12 12 8 12 1.800 8 1.800 8ZM8 7.500v1",
};

export function FaceMark({ mark }: { mark: Mark }) {
  return (
    <span class={`mark mark--${mark}`} aria-hidden="true">
      <svg viewBox="0 0 16 16" width="14" height="14">
        <path d={signs[mark]} />
      </svg>
    </span>
  );
}

// What each effect makes of a face, as a drawing.
import type { Effect } from "../settings";

// A head and what each effect makes of its face; drawn, so that it stays sharp and costs nothing.
export function EffectSample({ effect }: { effect: Effect }) {
  return (
    <svg class={`sample sample--${effect}`} viewBox="0 0 64 48" aria-hidden="true">
      <rect class="sample-ground" width="64" height="48" />
      <path class="sample-shirt" d="M12 48c0-10 8-14 20-14s20 4 20 14z" />
      <path class="sample-hair" d="M18 26C16 10 22 4 32 4s16 6 14 22l-3 8H21z" />
      {effect === "veil" && <ellipse class="sample-veil" cx="32" cy="23" rx="14" ry="17" />}
      {effect === "solid" && <ellipse class="sample-solid" cx="32" cy="23" rx="14" ry="17" />}
      {effect === "emoji" && <DrawnFace />}
      {effect === "image" && <StickerSample />}
      {effect === "mosaic" && <MosaicTiles />}
      {effect === "blur" && (
        <g class="sample-blur">
          <ellipse class="sample-skin" cx="32" cy="24" rx="11" ry="13" />
          <path class="sample-features" d="M27 22h.1M37 22h.1M28 30q4 2.500 8 0" />
        </g>
      )}
    </svg>
  );
}

const tileShades = [3, 2, 2, 3, 1, 0, 1, 1, 0, 1, 0, 2, 1, 2, 1, 0, 3, 1, 1, 3];

function MosaicTiles() {
  return (
    <g>
      {tileShades.map((shade, i) => (
        <rect
          key={i}
          class={`sample-tile sample-tile--${shade}`}
          x={18 + 7 * (i % 4)}
          y={6 + 7 * Math.floor(i / 4)}
          width="7.200"
          height="7.200"
        />
      ))}
    </g>
  );
}

function DrawnFace() {
  return (
    <g>
      <ellipse class="sample-veil" cx="32" cy="23" rx="14" ry="17" />
      <circle class="sample-emoji" cx="32" cy="23" r="13.5" />
      <path class="sample-features" d="M27.500 20v1.500M36.500 20v1.500M26 26.500q6 6.500 12 0" />
    </g>
  );
}

function StickerSample() {
  return (
    <g>
      <ellipse class="sample-veil" cx="32" cy="23" rx="14" ry="17" />
      <rect class="sample-sticker" x="20" y="13" width="24" height="20" rx="2.5" />
      <circle class="sample-sticker-sun" cx="38" cy="18.5" r="2.5" />
      <path class="sample-sticker-hills" d="M20 31l8-9 6 6 4-3 6 6v2H20z" />
    </g>
  );
}

// Before and after in one frame, with a line between them that can be dragged or moved by keys.
// At rest the whole result is seen: what one sees is what is downloaded.
import { useRef, useState } from "preact/hooks";
import type { Picture, Result } from "../picture";
import { useWords } from "../words";
import { LeavingImage } from "./leaving_image";

interface ComparisonProps {
  picture: Picture;
  result: Result;
}

export function Comparison({ picture, result }: ComparisonProps) {
  const words = useWords();
  const { name } = picture;
  const ratio = { "--ratio": String(result.width / result.height || 4 / 3) };
  return (
    <div class="stage" style={ratio}>
      {picture.originalUrl ? (
        // A new result is unveiled anew.
        <Slider
          key={result.shownUrl}
          name={name}
          originalUrl={picture.originalUrl}
          result={result}
        />
      ) : (
        <OnlyResult name={name} result={result} />
      )}
      {picture.originalUrl === null && <p class="stage-note">{words.originalNotShowable}</p>}
    </div>
  );
}

function OnlyResult({ name, result }: { name: string; result: Result }) {
  const words = useWords();
  return (
    <div class="comparison">
      <LeavingImage
        class="comparison-picture"
        src={result.shownUrl}
        decoding="async"
        alt={words.resultOf(name)}
      />
    </div>
  );
}

interface SliderProps {
  name: string;
  originalUrl: string;
  result: Result;
}

function Slider({ name, originalUrl, result }: SliderProps) {
  const words = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const range = useRef<HTMLInputElement>(null);
  const [split, setSplit] = useState(0);
  const [touched, setTouched] = useState(false);

  const move = (percent: number) => {
    setTouched(true);
    setSplit(Math.round(Math.min(100, Math.max(0, percent))));
  };
  const moveTo = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect();
    if (box) move((100 * (event.clientX - box.left)) / box.width);
  };
  const grab = (event: PointerEvent) => {
    frame.current?.setPointerCapture(event.pointerId);
    range.current?.focus({ preventScroll: true });
    moveTo(event);
    event.preventDefault();
  };
  const drag = (event: PointerEvent) => {
    if (frame.current?.hasPointerCapture(event.pointerId)) moveTo(event);
  };

  return (
    <div
      ref={frame}
      class={touched ? "comparison" : "comparison comparison--unveiling"}
      style={{ "--split": `${split}%` }}
      onPointerDown={grab}
      onPointerMove={drag}
    >
      <LeavingImage
        class="comparison-picture"
        src={result.shownUrl}
        alt={words.resultOf(name)}
        draggable={false}
      />
      <div class="comparison-before">
        <LeavingImage
          class="comparison-picture"
          src={originalUrl}
          alt={words.originalOf(name)}
          draggable={false}
        />
      </div>
      <span class={split > 25 ? "tag tag--before" : "tag tag--before tag--away"} aria-hidden="true">
        {words.original}
      </span>
      <span class={split < 75 ? "tag tag--after" : "tag tag--after tag--away"} aria-hidden="true">
        {result.faces > 0 ? words.hidden : words.noChange}
      </span>
      <input
        ref={range}
        class="comparison-range"
        type="range"
        min="0"
        max="100"
        step="2"
        value={split}
        aria-label={words.compare(name)}
        aria-valuetext={words.originalShown(split)}
        onInput={(event) => move(event.currentTarget.valueAsNumber)}
      />
      <span class="comparison-line" aria-hidden="true">
        <span class="comparison-knob" />
      </span>
    </div>
  );
}

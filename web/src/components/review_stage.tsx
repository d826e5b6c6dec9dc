// The picture of a review with its boxes: zoomed, panned, corrected by pointer and by keys.
import { useEffect, useRef, useState } from "preact/hooks";
import { type Box, type Plan, regionOf, type Track } from "../plan";
import { pictureOn, placeOf, type Size, type StageView, zoomed } from "../stage_view";
import { useWords } from "../words";
import { type Corner, FaceBox } from "./face_box";

interface ReviewStageProps {
  url: string;
  alt: string;
  plan: Plan;
  view: StageView;
  onView: (view: StageView) => void;
  selected: number | null;
  onSelect: (track: number) => void;
  onToggle: (track: number) => void;
  onKey: (event: KeyboardEvent, track: Track) => void;
  onPlace: (track: number, region: Box) => void;
  drawing: boolean;
  onDrawn: (region: Box) => void;
}

type Drag =
  | { kind: "pan"; from: StageView; x: number; y: number }
  | { kind: "draw"; x: number; y: number }
  | { kind: "box"; track: number; corner: Corner | null; region: Box; x: number; y: number };

// A hand that only presses trembles this much, in CSS pixels.
const trembleMax = 3;

export function ReviewStage(props: ReviewStageProps) {
  const { url, alt, plan, view, onView, selected, drawing } = props;
  const words = useWords();
  const stage = useRef<HTMLDivElement>(null);
  const size = useSize(stage);
  const drag = useRef<Drag | null>(null);
  const [draft, setDraft] = useState<{ track: number | null; region: Box } | null>(null);
  const { source, tracks } = plan;
  const place = pictureOn(size, source, view);

  // Pixels of the picture under the pointer.
  const pointAt = (event: MouseEvent) => {
    const box = stage.current?.getBoundingClientRect();
    return {
      x: ((event.clientX - (box?.left ?? 0) - place.x) * source.width) / place.width,
      y: ((event.clientY - (box?.top ?? 0) - place.y) * source.height) / place.height,
    };
  };
  const grab = (event: PointerEvent) => {
    if (event.button !== 0) return;
    stage.current?.setPointerCapture(event.pointerId);
    drag.current = drawing
      ? { kind: "draw", ...pointAt(event) }
      : { kind: "pan", from: view, x: event.clientX, y: event.clientY };
  };
  const grabBox = (event: PointerEvent, track: Track, corner: Corner | null) => {
    if (event.button !== 0 || drawing) return;
    event.stopPropagation();
    props.onSelect(track.id);
    stage.current?.setPointerCapture(event.pointerId);
    drag.current = {
      kind: "box",
      track: track.id,
      corner,
      region: regionOf(track),
      ...pointAt(event),
    };
  };
  const move = (event: PointerEvent) => {
    const now = drag.current;
    if (!now) return;
    if (now.kind === "pan") {
      const x = now.from.x - (event.clientX - now.x) / place.width;
      const y = now.from.y - (event.clientY - now.y) / place.height;
      onView({ ...now.from, x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) });
      return;
    }
    const point = pointAt(event);
    if (now.kind === "draw") setDraft({ track: null, region: between(now, point) });
    else {
      const by = { x: point.x - now.x, y: point.y - now.y };
      const scale = place.width / source.width;
      if (!draft && Math.hypot(by.x, by.y) * scale < trembleMax) return;
      setDraft({ track: now.track, region: dragged(now.region, now.corner, by) });
    }
  };
  const release = () => {
    const now = drag.current;
    drag.current = null;
    setDraft(null);
    if (!draft || !now) return;
    if (now.kind === "draw") props.onDrawn(draft.region);
    if (now.kind === "box") props.onPlace(now.track, draft.region);
  };
  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const { x, y } = pointAt(event);
    const at = { x: x / source.width, y: y / source.height };
    onView(zoomed(view, Math.exp(-event.deltaY / 400), at));
  };
  const px = (value: number) => `${value}px`;

  return (
    <div
      ref={stage}
      class={drawing ? "review-stage review-stage--drawing" : "review-stage"}
      role="group"
      aria-label={words.stage}
      onPointerDown={grab}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={() => {
        drag.current = null;
        setDraft(null);
      }}
      onWheel={wheel}
    >
      <div
        class="review-picture"
        style={{
          left: px(place.x),
          top: px(place.y),
          width: px(place.width),
          height: px(place.height),
        }}
      >
        <img class="review-image" src={url} alt={alt} draggable={false} />
        {tracks.map((track, i) => (
          <FaceBox
            key={track.id}
            track={track}
            index={i + 1}
            count={tracks.length}
            picture={source}
            selected={track.id === selected}
            draft={draft?.track === track.id ? draft.region : null}
            onSelect={() => props.onSelect(track.id)}
            onToggle={() => props.onToggle(track.id)}
            onKey={(event) => props.onKey(event, track)}
            onGrab={(event, corner) => grabBox(event, track, corner)}
          />
        ))}
        {draft?.track === null && (
          <div class="face face--hand face--selected" style={placeOf(draft.region, source)} />
        )}
      </div>
    </div>
  );
}

type Point = { x: number; y: number };

function between(a: Point, b: Point): Box {
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
}

function dragged(region: Box, corner: Corner | null, by: Point): Box {
  const { x, y, width, height } = region;
  if (!corner) return { ...region, x: x + by.x, y: y + by.y };
  const left = corner.includes("w") ? x + by.x : x;
  const top = corner.includes("n") ? y + by.y : y;
  const right = corner.includes("e") ? x + width + by.x : x + width;
  const bottom = corner.includes("s") ? y + height + by.y : y + height;
  return between({ x: left, y: top }, { x: right, y: bottom });
}

function useSize(element: { current: HTMLElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    if (!element.current) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return size;
}

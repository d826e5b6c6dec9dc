// The review of one picture: see, correct, go on to the next doubt.
import { useEffect, useRef, useState } from "preact/hooks";
import { doubtsOf, nextDoubt, type Place } from "../doubts";
import { type Box, confirm, draw, place, regionOf, remove, toggle, type Track } from "../plan";
import type { Picture } from "../picture";
import { closeTo, type StageView, wholePicture, zoomed } from "../stage_view";
import { useWords } from "../words";
import type { Workshop } from "../workshop";
import { problemSentence } from "./download_all";
import { faceElementId } from "./face_box";
import { FaceList } from "./face_list";
import { Legend } from "./legend";
import { ReviewBar } from "./review_bar";
import { ReviewStage } from "./review_stage";
import { WithheldChoice } from "./withheld_choice";

interface ReviewViewProps {
  workshop: Workshop;
  picture: Picture;
  /** The face to begin with; null: none. */
  track: number | null;
  onGo: (place: { id: number; track: number | null }) => void;
  onBack: () => void;
}

export type Shown = "before" | "after";

export function ReviewView({ workshop, picture, track: first, onGo, onBack }: ReviewViewProps) {
  const words = useWords();
  const root = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const [selected, setSelected] = useState<number | null>(first);
  const [shown, setShown] = useState<Shown>("after");
  const [view, setView] = useState<StageView>(wholePicture);
  const [drawing, setDrawing] = useState(false);
  const { id, edits, result, originalUrl } = picture;
  const plan = edits?.present ?? null;

  const focusFace = (track: number) =>
    requestAnimationFrame(() =>
      document.getElementById(faceElementId(track))?.focus({ preventScroll: true }),
    );
  useEffect(() => {
    setSelected(first);
    const track = plan?.tracks.find((one) => one.id === first);
    setView(track && plan ? closeTo(regionOf(track), plan.source) : wholePicture);
    if (track) focusFace(track.id);
    else title.current?.focus();
  }, [id, first]);

  useEffect(() => void workshop.wantOriginal(id), [id]);

  const edit = workshop.edit.bind(workshop, id);
  const goNextDoubt = () => {
    const now: Place = { id, track: selected ?? -1 };
    const next = nextDoubt(workshop.pictures, now);
    if (next) onGo(next);
    // The same place again is no change of it, but the person asked to be taken there.
    if (next && next.id === id) focusFace(next.track);
  };
  const addFace = (region: Box) => {
    let added = 0;
    edit((before) => {
      const { plan: after, id: track } = draw(before, region, workshop.settings);
      added = track;
      return after;
    });
    setDrawing(false);
    setSelected(added);
    focusFace(added);
  };
  const addInTheMiddle = () => {
    if (!plan) return;
    const { width, height } = plan.source;
    const side = Math.max(12, Math.round((0.16 * Math.min(width, height)) / Math.sqrt(view.zoom)));
    addFace({
      x: view.x * width - side / 2,
      y: view.y * height - side / 2,
      width: side,
      height: side,
    });
  };
  const removeFace = (track: number) => {
    edit((before) => remove(before, track));
    title.current?.focus();
  };
  // The button that was pressed goes away; the keys must not be lost with it.
  const decide = (decision: () => void) => {
    decision();
    title.current?.focus();
  };
  const onFaceKey = (event: KeyboardEvent, track: Track) => {
    const region = regionOf(track);
    const done = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    const shift = arrowShift(event.key, Math.max(1, Math.round((plan?.source.width ?? 0) / 200)));
    if (shift) {
      const { x, y, width, height } = region;
      const moved = event.shiftKey
        ? { x, y, width: width + shift.x, height: height + shift.y }
        : { x: x + shift.x, y: y + shift.y, width, height };
      edit((before) => place(before, track.id, moved));
      done();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      removeFace(track.id);
      done();
    } else if (event.key === "Enter") {
      edit((before) => confirm(before, track.id));
      done();
    }
  };
  const flip = () => setShown(shown === "after" ? "before" : "after");
  const keys: Readonly<Record<string, () => void>> = {
    n: addInTheMiddle,
    d: goNextDoubt,
    b: flip,
    "+": () => setView(zoomed(view, 1.5)),
    "=": () => setView(zoomed(view, 1.5)),
    "-": () => setView(zoomed(view, 1 / 1.5)),
    "0": () => setView(wholePicture),
    escape: () => (drawing ? setDrawing(false) : onBack()),
  };
  const onKey = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    const back = event.ctrlKey || event.metaKey;
    if (back && key === "z" && !event.shiftKey) workshop.undo(id);
    else if (back && (key === "y" || key === "z")) workshop.redo(id);
    else if (!back && !event.altKey && keys[key]) keys[key]();
    else return;
    event.preventDefault();
  };

  const url =
    (shown === "after" ? result?.shownUrl : originalUrl) ?? originalUrl ?? result?.shownUrl;
  const { name } = picture;
  return (
    <main ref={root} class="review" aria-labelledby="review-title" onKeyDown={onKey}>
      <ReviewBar
        workshop={workshop}
        picture={picture}
        titleRef={title}
        doubts={doubtsOf(workshop.pictures).length}
        shown={shown}
        onShown={setShown}
        drawing={drawing}
        onDraw={(byKey) => (byKey ? addInTheMiddle() : setDrawing(!drawing))}
        view={view}
        onView={setView}
        onNextDoubt={goNextDoubt}
        onGo={(other) => onGo({ id: other, track: null })}
        onBack={onBack}
      />
      {plan && url ? (
        <ReviewStage
          url={url}
          alt={shown === "after" ? words.resultOf(name) : words.originalOf(name)}
          plan={plan}
          view={view}
          onView={setView}
          selected={selected}
          onSelect={setSelected}
          onToggle={(track) => edit((before) => toggle(before, track))}
          onKey={onFaceKey}
          onPlace={(track, region) => edit((before) => place(before, track, region))}
          drawing={drawing}
          onDrawn={addFace}
        />
      ) : (
        <div class="review-stage review-stage--empty">{words.noPlanYet}</div>
      )}
      <aside class="review-side">
        <p class="review-state" role="status">
          {drawing
            ? words.newFaceHint
            : picture.state === "working"
              ? words.updating
              : picture.state === "done"
                ? words.upToDate
                : problemSentence(picture, words)}
        </p>
        {picture.findings.length > 0 && (
          <div class="card-choices">
            <WithheldChoice
              findings={picture.findings}
              onHideFound={() => decide(() => workshop.hideFound(id))}
              onAccept={() => decide(() => workshop.accept(id))}
            />
          </div>
        )}
        <Legend />
        {plan && (
          <FaceList
            picture={picture}
            plan={plan}
            selected={selected}
            onSelect={(track) => {
              setSelected(track);
              focusFace(track);
            }}
            onToggle={(track) => edit((before) => toggle(before, track))}
            onConfirm={(track) => edit((before) => confirm(before, track))}
            onRemove={removeFace}
          />
        )}
        <p class="control-hint">{words.keepNote}</p>
      </aside>
    </main>
  );
}

/** How far an arrow key moves something; null for other keys. */
export function arrowShift(key: string, step: number): { x: number; y: number } | null {
  if (key === "ArrowLeft") return { x: -step, y: 0 };
  if (key === "ArrowRight") return { x: step, y: 0 };
  if (key === "ArrowUp") return { x: 0, y: -step };
  return key === "ArrowDown" ? { x: 0, y: step } : null;
}

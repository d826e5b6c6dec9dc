// The review of one film: see it as it will be given, picture by picture, and correct its tracks.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { faceElementId } from "../components/face_box";
import {
  BackIcon,
  EyeIcon,
  ForwardIcon,
  PlusIcon,
} from "../components/icons";
import { IconButton } from "../components/icon_button";
import { KeyList } from "../components/key_list";
import { Legend } from "../components/legend";
import { ReviewStage } from "../components/review_stage";
import { arrowShift } from "../components/review_view";
import { Segments } from "../components/segments";
import { ViewTools } from "../components/view_tools";
import { type Box, confirm, type Plan, regionOf, remove, toggle, type Track } from "../plan";
import type { Settings } from "../settings";
import { type StageView, wholePicture, zoomed } from "../stage_view";
import { useWords } from "../words";
import { type Cinema, type Film, isAnimation, isUpToDate } from "./cinema";
import { FilmProgress } from "./film_card";
import { follow } from "./film_api";
import { useFrame, type Wanted } from "./film_hooks";
import {
  clock,
  draw,
  firstUs,
  held,
  lastUs,
  merge,
  momentOf,
  placeAt,
  setEnd,
  splitAt,
  weakMoments,
} from "./film_plan";
import { useFilmWords } from "./film_words";
import { silence, voiceOf } from "./sound";
import { SoundTools } from "./sound_tools";
import { Timeline } from "./timeline";

interface FilmViewProps {
  cinema: Cinema;
  film: Film;
  plan: Plan;
  settings: Settings;
  onBack: () => void;
}

const secondUs = 1_000_000;

export function FilmView({ cinema, film, plan, settings, onBack }: FilmViewProps) {
  const words = useWords();
  const filmWords = useFilmWords();
  const title = useRef<HTMLHeadingElement>(null);
  const [selected, setSelected] = useState<number | null>(null);
  const [wanted, setWanted] = useState<Wanted>({ shown: "frames", timeUs: 0, step: 0 });
  const [view, setView] = useState<StageView>(wholePicture);
  const [drawing, setDrawing] = useState(false);
  const [following, setFollowing] = useState(false);
  const [begunUs, setBegunUs] = useState<number | null>(null); // A silent stretch.
  const { seen, failed } = useFrame(film, wanted);
  const { id } = film;
  const endUs = film.job?.last_us ?? 0;
  const nowUs = seen?.timeUs ?? 0;
  const before = wanted.shown === "original";
  const moment = useMemo(() => momentOf(plan, nowUs), [plan, nowUs]);
  const weak = useMemo(() => weakMoments(plan), [plan]);
  const track = plan.tracks.find((one) => one.id === selected) ?? null;
  const { name } = film;
  const hasSound = !isAnimation(film.job?.result_name);
  useEffect(() => title.current?.focus(), [id]);

  const edit = (change: (plan: Plan) => Plan) => cinema.edit(id, change);
  const go = (timeUs: number, step: Wanted["step"] = 0) =>
    setWanted({ ...wanted, timeUs: Math.min(endUs, Math.max(0, timeUs)), step });
  // A key that is held down is faster than the pictures come: it goes on from the one on its way.
  const pictureUs = endUs / Math.max(1, (film.job?.frames ?? 1) - 1);
  const isOnItsWay = seen !== null && seen.asked !== wanted;
  const fromUs = isOnItsWay ? wanted.timeUs + wanted.step * pictureUs : nowUs;
  const select = (one: Track) => {
    setSelected(one.id);
    if (nowUs < firstUs(one) || nowUs > lastUs(one)) go(firstUs(one), 0);
  };
  const flip = () => setWanted({ shown: before ? "frames" : "original", timeUs: nowUs, step: 0 });
  const focusTitle = () => title.current?.focus();
  const focusFace = (face: number) =>
    requestAnimationFrame(() => document.getElementById(faceElementId(face))?.focus());
  const [weakAt, setWeakAt] = useState(-1);
  const goWeak = () => {
    const next = (weakAt + 1) % Math.max(1, weak.length);
    const place = weak[next];
    if (!place) return;
    setWeakAt(next);
    setSelected(place.track);
    go(place.timeUs);
  };
  // Where it cannot be followed it is held for a second before and behind.
  const addFace = async (region: Box) => {
    setDrawing(false);
    setFollowing(true);
    const box = { ...region, width: Math.max(4, region.width), height: Math.max(4, region.height) };
    const stretch = [Math.max(0, nowUs - secondUs), Math.min(endUs, nowUs + secondUs)] as const;
    const keyframes = await follow(
      film.job?.id ?? "",
      nowUs,
      box,
      document.documentElement.lang,
    ).catch(() => held(box, stretch));
    setFollowing(false);
    let added = 0;
    edit((old) => {
      const { plan: after, id: fresh } = draw(old, keyframes, settings);
      added = fresh;
      return after;
    });
    setSelected(added);
    focusFace(added);
  };
  const drawInTheMiddle = () => {
    const { width, height } = plan.source;
    const side = Math.max(12, Math.round((0.16 * Math.min(width, height)) / Math.sqrt(view.zoom)));
    void addFace({
      x: view.x * width - side / 2,
      y: view.y * height - side / 2,
      width: side,
      height: side,
    });
  };
  const split = () => {
    if (!track || !seen) return;
    const done = splitAt(plan, track.id, seen);
    if (!done) return;
    edit(() => done.plan);
    setSelected(done.id);
  };
  const end = (which: "first" | "last") =>
    track && edit((old) => setEnd(old, track.id, which, nowUs));
  const removeTrack = (one: number) => {
    edit((old) => remove(old, one));
    focusTitle();
  };
  const onFaceKey = (event: KeyboardEvent, face: Track) => {
    const done = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    const by = arrowShift(event.key, Math.max(1, Math.round(plan.source.width / 200)));
    if (by) {
      const { x, y, width, height } = regionOf(face);
      const moved = event.shiftKey
        ? { x, y, width: width + by.x, height: height + by.y }
        : { x: x + by.x, y: y + by.y, width, height };
      edit((old) => placeAt(old, face.id, nowUs, moved));
      done();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      removeTrack(face.id);
      done();
    } else if (event.key === "Enter") {
      edit((old) => confirm(old, face.id));
      done();
    }
  };
  const keys: Readonly<Record<string, () => void>> = {
    ",": () => go(fromUs, -1),
    ".": () => go(fromUs, 1),
    "<": () => go(fromUs - secondUs),
    ">": () => go(fromUs + secondUs),
    w: goWeak,
    n: drawInTheMiddle,
    k: () => track && edit((old) => toggle(old, track.id)),
    s: split,
    i: () => void end("first"),
    o: () => void end("last"),
    b: flip,
    m: () => {
      if (!hasSound) return;
      if (begunUs !== null) edit((old) => silence(old, begunUs, nowUs, false));
      setBegunUs(begunUs === null ? nowUs : null);
    },
    delete: () => track && removeTrack(track.id),
    "+": () => setView(zoomed(view, 1.5)),
    "-": () => setView(zoomed(view, 1 / 1.5)),
    "0": () => setView(wholePicture),
    escape: () => (drawing ? setDrawing(false) : onBack()),
  };
  const onKey = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    const control = event.ctrlKey || event.metaKey;
    if (event.target instanceof HTMLSelectElement) return;
    if (control && key === "z" && !event.shiftKey) cinema.undo(id);
    else if (control && (key === "y" || key === "z")) cinema.redo(id);
    else if (!control && !event.altKey && keys[key]) keys[key]();
    else return;
    event.preventDefault();
  };
  const kept = plan.tracks.filter(({ decision }) => decision === "keep").length;

  return (
    <main class="review film-review" aria-labelledby="film-title" onKeyDown={onKey}>
      <div class="review-bar">
        <div class="review-group review-group--title">
          <IconButton label={filmWords.back} onClick={onBack} icon={<BackIcon />} />
          <div class="review-names">
            <h1 class="review-title" id="film-title" ref={title} tabIndex={-1}>
              {name}
            </h1>
            <p class="review-count">{filmWords.tracksIn(plan.tracks.length - kept, kept)}</p>
          </div>
        </div>
        <Segments
          label={words.view}
          choices={["before", "after"] as const}
          chosen={before ? "before" : "after"}
          textOf={(choice) => filmWords.views[choice]}
          onChoose={(choice) => (choice === "before") !== before && flip()}
        />
        <ViewTools
          canUndo={!!film.edits?.past.length}
          canRedo={!!film.edits?.future.length}
          onUndo={() => cinema.undo(id)}
          onRedo={() => cinema.redo(id)}
          view={view}
          onView={setView}
        />
        <div class="review-group review-group--main">
          <button
            type="button"
            class="button"
            aria-pressed={drawing}
            onClick={(event) => (event.detail === 0 ? drawInTheMiddle() : setDrawing(!drawing))}
          >
            <PlusIcon /> {filmWords.newFace}
          </button>
          <button type="button" class="button" disabled={weak.length === 0} onClick={goWeak}>
            <EyeIcon /> {weak.length > 0 ? filmWords.weakest(weak.length) : filmWords.noWeak}
          </button>
          <button
            type="button"
            class="button button--primary"
            disabled={film.state !== "ready" || isUpToDate(film)}
            onClick={() => {
              cinema.apply(id);
              focusTitle(); // The button goes grey; the keys must not be lost with it.
            }}
          >
            {filmWords.apply}
          </button>
        </div>
      </div>
      <div class="film-stage">
        {seen ? (
          <ReviewStage
            url={seen.url}
            alt={filmWords.pictureAt(name, clock(nowUs), seen.asked.shown === "original")}
            plan={moment}
            view={view}
            onView={setView}
            selected={selected}
            onSelect={setSelected}
            onToggle={(one) => edit((old) => toggle(old, one))}
            onKey={onFaceKey}
            onPlace={(one, region) => edit((old) => placeAt(old, one, nowUs, region))}
            drawing={drawing}
            onDrawn={(region) => void addFace(region)}
          />
        ) : (
          <div class="review-stage review-stage--empty">
            {failed ? filmWords.noFrame : filmWords.loading}
          </div>
        )}
        <div class="film-steps">
          <IconButton
            label={filmWords.steps.secondBack}
            onClick={() => go(fromUs - secondUs)}
            icon={<span class="film-step">−1 s</span>}
          />
          <IconButton
            label={filmWords.steps.back}
            onClick={() => go(fromUs, -1)}
            icon={<BackIcon small />}
          />
          <output class="film-clock">{filmWords.momentNow(clock(nowUs), clock(endUs))}</output>
          <IconButton
            label={filmWords.steps.on}
            onClick={() => go(fromUs, 1)}
            icon={<ForwardIcon />}
          />
          <IconButton
            label={filmWords.steps.secondOn}
            onClick={() => go(fromUs + secondUs)}
            icon={<span class="film-step">+1 s</span>}
          />
        </div>
        <Timeline
          film={film}
          tracks={plan.tracks}
          silenced={voiceOf(plan).silenced}
          lastUs={endUs}
          nowUs={nowUs}
          selected={selected}
          onSelect={select}
          onGo={go}
          onStep={(step) => go(fromUs, step)}
          onToggle={(one) => edit((old) => toggle(old, one))}
          onConfirm={(one) => edit((old) => confirm(old, one))}
        />
      </div>
      <aside class="review-side">
        <div class="review-state" role="status">
          {drawing || following
            ? following
              ? filmWords.following
              : filmWords.newFaceHint
            : before
              ? filmWords.beforeHint
              : isUpToDate(film)
                ? filmWords.upToDate
                : film.state === "failed"
                  ? (film.problem ?? words.noAnswer)
                  : filmWords.changedSince}
        </div>
        {film.state === "working" && <FilmProgress film={film} />}
        <TrackTools
          plan={plan}
          track={track}
          onSplit={split}
          onEnd={end}
          onMerge={(other) => track && edit((old) => merge(old, track.id, other))}
          onRemove={() => track && removeTrack(track.id)}
        />
        {hasSound && (
          <SoundTools
            plan={plan}
            nowUs={nowUs}
            begunUs={begunUs}
            onBegin={setBegunUs}
            onEdit={edit}
          />
        )}
        <Legend />
        <details class="film-keys">
          <summary>{filmWords.keysTitle}</summary>
          <KeyList keys={filmWords.keys} />
        </details>
      </aside>
    </main>
  );
}

interface TrackToolsProps {
  plan: Plan;
  track: Track | null;
  onSplit: () => void;
  onEnd: (which: "first" | "last") => void;
  onMerge: (other: number) => void;
  onRemove: () => void;
}

function TrackTools({ plan, track, onSplit, onEnd, onMerge, onRemove }: TrackToolsProps) {
  const filmWords = useFilmWords();
  if (!track) return <p class="control-hint">{filmWords.selectHint}</p>;
  const nameOf = (one: Track) => filmWords.trackName(plan.tracks.indexOf(one) + 1);
  const others = plan.tracks.filter(({ id }) => id !== track.id);
  return (
    <div class="track-tools" role="group" aria-label={nameOf(track)}>
      <h2 class="track-tools-title">{nameOf(track)}</h2>
      <p class="control-hint track-note">
        {filmWords.trackNote(clock(firstUs(track)), clock(lastUs(track)))}
      </p>
      <button type="button" class="button button--small" onClick={() => onEnd("first")}>
        {filmWords.beginHere}
      </button>
      <button type="button" class="button button--small" onClick={() => onEnd("last")}>
        {filmWords.endHere}
      </button>
      <button type="button" class="button button--small" onClick={onSplit}>
        {filmWords.split}
      </button>
      <button type="button" class="button button--small button--quiet" onClick={onRemove}>
        {filmWords.deleteTrack}
      </button>
      {others.length > 0 && (
        <label class="track-merge">
          {filmWords.mergeWith}{" "}
          <select
            value=""
            onChange={(event) => onMerge(Number(event.currentTarget.value))}
          >
            <option value="">{filmWords.choose}</option>
            {others.map((one) => (
              <option key={one.id} value={one.id}>
                {nameOf(one)} ({clock(firstUs(one))} – {clock(lastUs(one))})
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

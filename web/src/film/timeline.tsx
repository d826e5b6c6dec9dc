// The tracks of a film as bars over its time.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { DecisionButtons } from "../components/decision_buttons";
import { FaceMark } from "../components/face_mark";
import { Switch } from "../components/switch";
import { kindOf, type Track } from "../plan";
import { useWords } from "../words";
import type { Film } from "./cinema";
import { useComeNear, useHiddenFace } from "./film_hooks";
import { clock, firstUs, lastUs } from "./film_plan";
import { useFilmWords } from "./film_words";
import type { Silence } from "./sound";

interface TimelineProps {
  film: Film;
  tracks: readonly Track[];
  silenced: readonly Silence[];
  lastUs: number;
  nowUs: number;
  selected: number | null;
  onSelect: (track: Track) => void;
  onGo: (timeUs: number) => void;
  /** To a picture's neighbour. */
  onStep: (step: -1 | 1) => void;
  onToggle: (track: number) => void;
  onConfirm: (track: number) => void;
}

// From so many tracks on a person wants to see those of the moment alone.
const manyTracks = 8;

const arrowSteps: Readonly<Record<string, -1 | 1>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
};

const percentOf = (us: number, end: number) => (100 * us) / Math.max(1, end);

export function Timeline(props: TimelineProps) {
  const { lastUs: end, nowUs, tracks, selected, silenced } = props;
  const filmWords = useFilmWords();
  const [onlyNow, setOnlyNow] = useState(false);
  const isNow = (track: Track) => firstUs(track) <= nowUs && nowUs <= lastUs(track);
  const shown = onlyNow ? tracks.filter((one) => isNow(one) || one.id === selected) : tracks;
  const nowCount = tracks.length > manyTracks ? tracks.filter(isNow).length : 0;
  return (
    <section class="timeline" aria-label={filmWords.timeline}>
      <input
        class="timeline-slider"
        type="range"
        min={0}
        max={Math.max(1, end)}
        step={1000}
        value={nowUs}
        aria-label={filmWords.moment}
        aria-valuetext={filmWords.momentNow(clock(nowUs), clock(end))}
        onInput={(event) => props.onGo(Number(event.currentTarget.value))}
        // The arrows go from picture to picture; a step of the slider would be none.
        onKeyDown={(event) => {
          const step = arrowSteps[event.key];
          if (!step) return;
          event.preventDefault();
          props.onStep(step);
        }}
      />
      {silenced.length > 0 && <SoundLane silenced={silenced} end={end} />}
      {tracks.length > manyTracks && (
        <Switch label={filmWords.onlyNow(nowCount)} on={onlyNow} onChange={setOnlyNow} />
      )}
      <Rows {...props} shown={shown} />
    </section>
  );
}

function SoundLane({ silenced, end }: { silenced: readonly Silence[]; end: number }) {
  const filmWords = useFilmWords();
  const nameOf = ({ from_us: from, to_us: to, bleep }: Silence) =>
    filmWords.silenceName(clock(from), clock(to), bleep);
  const stretches = silenced.map(nameOf).join("; ");
  return (
    <div class="sound-row">
      <span class="sound-row-name">{filmWords.silences}</span>
      <span class="track-lane track-lane--sound" role="img" aria-label={stretches}>
        {silenced.map((one) => (
          <span
            key={nameOf(one)}
            class={one.bleep ? "silence-bar silence-bar--bleep" : "silence-bar"}
            style={{
              left: `${percentOf(one.from_us, end)}%`,
              width: `max(4px, ${percentOf(one.to_us, end) - percentOf(one.from_us, end)}%)`,
            }}
            title={nameOf(one)}
          />
        ))}
      </span>
    </div>
  );
}

// While the film moves on only the line of the moment moves: hundreds of rows are not drawn anew.
function Rows(props: TimelineProps & { shown: readonly Track[] }) {
  const { film, tracks, shown, selected, lastUs: end, nowUs } = props;
  const filmWords = useFilmWords();
  const latest = useRef(props);
  latest.current = props;
  const rows = useMemo(
    () =>
      shown.map((track) => (
        <TrackRow
          key={track.id}
          film={film}
          track={track}
          index={tracks.indexOf(track) + 1}
          end={end}
          isSelected={track.id === selected}
          onSelect={() => latest.current.onSelect(track)}
          onToggle={() => latest.current.onToggle(track.id)}
          onConfirm={() => latest.current.onConfirm(track.id)}
        />
      )),
    [shown.map(({ id }) => id).join(), tracks, selected, end, film.stored, film.job?.id, filmWords],
  );
  return (
    <ol class="timeline-tracks" style={{ "--now": `${percentOf(nowUs, end)}%` }}>
      {rows}
    </ol>
  );
}

interface TrackRowProps {
  film: Film;
  track: Track;
  index: number;
  end: number;
  isSelected: boolean;
  onSelect: () => void;
  onToggle: () => void;
  onConfirm: () => void;
}

function TrackRow(props: TrackRowProps) {
  const { film, track, index, end, isSelected } = props;
  const words = useWords();
  const filmWords = useFilmWords();
  const row = useRef<HTMLLIElement>(null);
  const face = useHiddenFace(film, track, useComeNear(row));
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: "nearest" });
  }, [isSelected]);
  const hidden = track.decision === "hide";
  const kind = hidden ? kindOf(track) : "kept";
  const name = filmWords.trackName(index);
  const percent = (us: number) => percentOf(us, end);
  const [from, to] = [firstUs(track), lastUs(track)];
  const unseen = unseenStretches(track);
  const part = (us: number) => percentOf(us - from, to - from);
  const label = [
    filmWords.barLabel(name, words.kinds[kind], hidden, clock(from), clock(to)),
    ...(unseen.length > 0 ? [filmWords.unseenTimes(unseen.length)] : []),
  ].join(", ");
  const bar = {
    left: `${percent(from)}%`,
    width: `max(${leastPx + 2 * borderPx}px, ${percent(to) - percent(from)}%)`,
  };
  return (
    <li ref={row} class={isSelected ? "track-row track-row--selected" : "track-row"}>
      <span class="track-face">
        {face && <img src={face} alt={filmWords.faceOf(name)} width="44" height="44" />}
      </span>
      <span class="track-name">
        <FaceMark mark={kind} /> {name}
        <span class="track-kind">{words.kinds[kind]}</span>
      </span>
      <span class="track-lane">
        <button
          type="button"
          class={`track-bar track-bar--${kind}`}
          style={bar}
          aria-pressed={isSelected}
          aria-label={label}
          onClick={props.onSelect}
        />
        <span class="track-unseen-parts" style={bar}>
          {unseen.map(([a, b]) => (
            <span
              key={a}
              class="track-unseen"
              style={{
                left: `min(${part(a)}%, 100% - ${leastPx}px)`,
                width: `max(${leastPx}px, ${part(b) - part(a)}%)`,
              }}
              title={filmWords.weakMark}
            />
          ))}
        </span>
        <span class="track-now" />
      </span>
      <span class="track-actions">
        <DecisionButtons
          track={track}
          name={name}
          keepLabel={filmWords.keepTrack}
          hideLabel={filmWords.hideTrack}
          onToggle={props.onToggle}
          onConfirm={props.onConfirm}
        />
      </span>
    </li>
  );
}

// So that a moment is seen within the border of its bar.
const leastPx = 4;
const borderPx = 3;

// From and to of the stretches whose keyframes nobody saw.
function unseenStretches({ keyframes }: Track): [number, number][] {
  const stretches: [number, number][] = [];
  let open: [number, number] | null = null;
  for (const { time_us, score } of keyframes) {
    if (score > 0) open = null;
    else if (open) open[1] = time_us;
    else stretches.push((open = [time_us, time_us]));
  }
  return stretches;
}

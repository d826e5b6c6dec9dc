// The tracks of a film as bars over its time.
import { DecisionButtons } from "../components/decision_buttons";
import { FaceMark } from "../components/face_mark";
import { kindOf, type Track } from "../plan";
import { useWords } from "../words";
import type { Film } from "./cinema";
import { useHiddenFace } from "./film_hooks";
import { clock, firstUs, lastUs } from "./film_plan";
import { useFilmWords } from "./film_words";

interface TimelineProps {
  film: Film;
  tracks: readonly Track[];
  lastUs: number;
  nowUs: number;
  selected: number | null;
  onSelect: (track: Track) => void;
  onGo: (timeUs: number) => void;
  onToggle: (track: number) => void;
  onConfirm: (track: number) => void;
}

export function Timeline(props: TimelineProps) {
  const { lastUs: end, nowUs, tracks } = props;
  const filmWords = useFilmWords();
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
        onKeyDown={(event) => event.key.startsWith("Arrow") && event.preventDefault()}
      />
      <ol class="timeline-tracks">
        {tracks.map((track, i) => (
          <TrackRow key={track.id} {...props} track={track} index={i + 1} />
        ))}
      </ol>
    </section>
  );
}

function TrackRow(props: TimelineProps & { track: Track; index: number }) {
  const { film, track, index, lastUs: end, nowUs, selected } = props;
  const words = useWords();
  const filmWords = useFilmWords();
  const face = useHiddenFace(film, track.id);
  const hidden = track.decision === "hide";
  const kind = hidden ? kindOf(track) : "kept";
  const name = filmWords.trackName(index);
  const percent = (us: number) => (100 * us) / Math.max(1, end);
  const [from, to] = [firstUs(track), lastUs(track)];
  const bar = {
    left: `${percent(from)}%`,
    width: `max(6px, ${percent(to) - percent(from)}%)`,
  };
  const isSelected = track.id === selected;
  return (
    <li class={isSelected ? "track-row track-row--selected" : "track-row"}>
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
          aria-label={filmWords.barLabel(name, words.kinds[kind], clock(from), clock(to))}
          onClick={() => props.onSelect(track)}
        />
        {unseenStretches(track).map(([a, b]) => (
          <span
            key={a}
            class="track-unseen"
            style={{ left: `${percent(a)}%`, width: `max(3px, ${percent(b) - percent(a)}%)` }}
            title={filmWords.weakMark}
          />
        ))}
        <span class="track-now" style={{ left: `${percent(nowUs)}%` }} />
      </span>
      <span class="track-actions">
        <DecisionButtons
          track={track}
          name={name}
          onToggle={() => props.onToggle(track.id)}
          onConfirm={() => props.onConfirm(track.id)}
        />
      </span>
    </li>
  );
}

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

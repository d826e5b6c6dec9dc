// One film: how far the work is, what has become of it, and what can be done with it.
import { CardHead } from "../components/card_head";
import { CheckIcon, DownloadIcon, EyeIcon, WarningIcon } from "../components/icons";
import { ProgressBar } from "../components/progress_bar";
import type { Messages } from "../messages";
import { useWords } from "../words";
import type { Cinema, Film } from "./cinema";
import { isAnimation, isCorrectable, isUpToDate } from "./cinema";
import { type FilmMessages, useFilmWords } from "./film_words";

interface FilmCardProps {
  cinema: Cinema;
  film: Film;
  onReview: () => void;
}

export function FilmCard({ cinema, film, onReview }: FilmCardProps) {
  const words = useWords();
  const filmWords = useFilmWords();
  const { name } = film;
  const busy = film.state === "sending" || film.state === "working";
  return (
    <li class={`card card--${film.state === "failed" ? "failed" : "done"}`} aria-busy={busy}>
      <CardHead name={name} onRemove={() => cinema.remove(film.id)} />
      {busy && <Working cinema={cinema} film={film} />}
      {film.state === "failed" && <Failed cinema={cinema} film={film} />}
      {film.state === "ready" && <Ready cinema={cinema} film={film} />}
      {film.state !== "failed" && (film.edits || film.job?.links.report) && (
        <div class="card-foot">
          {film.edits && isCorrectable(film) && (
            <button
              type="button"
              class="button"
              aria-label={words.reviewOf(name)}
              onClick={onReview}
            >
              <EyeIcon />
              {words.review}
            </button>
          )}
          {film.job?.links.report && (
            <a
              class="button"
              href={film.job.links.report}
              download={`${name}.report.json`}
              aria-label={filmWords.reportOf(name)}
            >
              {filmWords.report}
            </a>
          )}
          {isUpToDate(film) && <Download film={film} />}
        </div>
      )}
    </li>
  );
}

function Download({ film: { job, name } }: { film: Film }) {
  const filmWords = useFilmWords();
  const file = job?.result_name;
  const label = isAnimation(file) ? filmWords.downloadAnimation : filmWords.downloadFilm;
  return (
    <a
      class="button button--primary"
      href={job?.links.result}
      download={file}
      aria-label={`${label}: ${name}`}
    >
      <DownloadIcon />
      {label}
    </a>
  );
}

/** Stage, rate and what is left, as the program tells them. */
export function FilmProgress({ film }: { film: Film }) {
  const filmWords = useFilmWords();
  const { job, sent, state } = film;
  const sending = state === "sending";
  const share = sending ? sent : (job?.progress.percent ?? 0) / 100;
  const rate = job?.progress.frames_per_second ?? 0;
  const before = sending ? 0 : (job?.progress.films_before ?? 0);
  return (
    <>
      <p class="status">
        <strong>{sending ? filmWords.sending : filmWords.stages[job?.progress.stage ?? "waiting"]}</strong>{" "}
        <span class="status-step">
          {before > 0 ? filmWords.waitingBehind(before) : `${Math.round(100 * share)}%`}
          {!sending && rate > 0 && ` · ${filmWords.rate(rate)}`}
          {!sending && job?.progress.eta_s !== undefined && ` · ${filmWords.left(job.progress.eta_s)}`}
        </span>
      </p>
      <ProgressBar
        label={filmWords.progressOf(film.name)}
        progress={{ phase: "sending", share }}
      />
    </>
  );
}

function Working({ cinema, film }: { cinema: Cinema; film: Film }) {
  const filmWords = useFilmWords();
  return (
    <div class="card-foot card-foot--column">
      <FilmProgress film={film} />
      <button
        type="button"
        class="button button--small"
        aria-label={filmWords.cancelOf(film.name)}
        onClick={() => cinema.cancel(film.id)}
      >
        {filmWords.cancel}
      </button>
    </div>
  );
}

function Ready({ cinema, film }: { cinema: Cinema; film: Film }) {
  const filmWords = useFilmWords();
  const { tracks = 0, kept = 0 } = film.job ?? {};
  const current = isUpToDate(film);
  return (
    <div class="card-foot card-foot--column">
      <p class="status">
        <strong class={current && tracks > 0 ? "badge badge--good" : "badge badge--look"}>
          {current && tracks > 0 ? <CheckIcon /> : <EyeIcon />}
          {current ? filmWords.ready : filmWords.outdated}
        </strong>
      </p>
      <p class="status-outcome">
        {tracks + kept > 0 ? filmWords.tracks(tracks, kept) : filmWords.noTrack}
      </p>
      {current && <HowItWasMade film={film} />}
      {current && film.job?.findings !== undefined && (
        <p class={film.job.findings > 0 ? "problem" : "status-outcome"}>
          {filmWords.lookedAgain(film.job.findings)}
        </p>
      )}
      {film.problem && <p class="problem">{film.problem}</p>}
      {!current && isCorrectable(film) && (
        <button
          type="button"
          class="button"
          aria-label={`${filmWords.apply}: ${film.name}`}
          onClick={() => cinema.apply(film.id)}
        >
          {filmWords.apply}
        </button>
      )}
    </div>
  );
}

function HowItWasMade({ film: { job } }: { film: Film }) {
  const filmWords = useFilmWords();
  const { result_name, frames = 0, frames_copied = 0, notes = [] } = job ?? {};
  const sentences = [
    ...(isAnimation(result_name) ? [filmWords.animation(frames)] : []),
    ...(frames_copied > 0 ? [filmWords.copied(frames_copied, frames)] : []),
    ...notes,
  ];
  return (
    <>
      {sentences.map((sentence) => (
        <p key={sentence} class="status-outcome">
          {sentence}
        </p>
      ))}
    </>
  );
}

export function failureOf({ job, problem }: Film, words: Messages, filmWords: FilmMessages): string {
  if (problem === null) return words.noAnswer;
  return problem || (job?.state === "interrupted" ? filmWords.interrupted : words.cancelled);
}

function Failed({ cinema, film }: { cinema: Cinema; film: Film }) {
  const words = useWords();
  const filmWords = useFilmWords();
  const sentence = failureOf(film, words, filmWords);
  return (
    <div class="notice notice--failed">
      <p>
        <strong class="badge badge--bad">
          <WarningIcon />
          {words.failed}
        </strong>
      </p>
      <p class="problem">{sentence}</p>
      {(film.file || film.problem === null) && (
        <button
          type="button"
          class="button"
          aria-label={words.retryOf(film.name)}
          onClick={() => cinema.retry(film.id)}
        >
          {words.retry}
        </button>
      )}
    </div>
  );
}

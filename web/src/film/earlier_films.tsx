// Films of an earlier page, or of one that was reloaded: the program works on, or has them hidden.
import { useEffect, useState } from "preact/hooks";
import { DownloadIcon } from "../components/icons";
import { useWords } from "../words";
import { eraseFilm, type FilmJob, isLost } from "./film_api";
import { useFilmWords } from "./film_words";
import { filmsFromBefore, forgetFilm } from "./own_films";

interface EarlierFilmsProps {
  onOpen: (job: FilmJob) => void;
}

export function EarlierFilms({ onOpen }: EarlierFilmsProps) {
  const filmWords = useFilmWords();
  const [found, setFound] = useState<readonly FilmJob[]>([]);
  useEffect(() => {
    // A page without this list works just as well.
    filmsFromBefore(document.documentElement.lang).then(setFound, () => undefined);
  }, [filmWords]);
  const remove = async (id: string) => {
    await eraseFilm(id, document.documentElement.lang).catch(() => undefined);
    forgetFilm(id);
    setFound((before) => before.filter((job) => job.id !== id));
  };
  if (found.length === 0) return null;
  return (
    <section class="earlier" aria-labelledby="earlier-films-title">
      <h2 class="earlier-title" id="earlier-films-title">
        {filmWords.earlierTitle}
      </h2>
      <p class="control-hint">{filmWords.earlierLead}</p>
      <ul class="earlier-list">
        {found.map((job) => (
          <EarlierFilm
            key={job.id}
            job={job}
            onOpen={() => onOpen(job)}
            onRemove={() => void remove(job.id)}
          />
        ))}
      </ul>
    </section>
  );
}

interface EarlierFilmProps {
  job: FilmJob;
  onOpen: () => void;
  onRemove: () => void;
}

function EarlierFilm({ job, onOpen, onRemove }: EarlierFilmProps) {
  const words = useWords();
  const filmWords = useFilmWords();
  const { name, state, links } = job;
  const until = job.expires && links.result ? words.earlierUntil(new Date(job.expires)) : "";
  const facts = [name, filmWords.earlierStates[state], until].filter(Boolean).join(" · ");
  return (
    <li class="earlier-batch">
      <p class="batch-facts">{facts}</p>
      <div class="batch-actions">
        {!isLost(job) && (
          <button
            type="button"
            class="button button--small button--primary"
            aria-label={`${words.earlierOpen}: ${name}`}
            onClick={onOpen}
          >
            {words.earlierOpen}
          </button>
        )}
        {links.result && (
          <a
            class="button button--small"
            href={links.result}
            download={job.result_name}
            aria-label={`${filmWords.downloadFilm}: ${name}`}
          >
            <DownloadIcon /> {filmWords.downloadFilm}
          </a>
        )}
        <button
          type="button"
          class="button button--small button--quiet"
          aria-label={`${words.earlierDelete}: ${name}`}
          onClick={onRemove}
        >
          {words.earlierDelete}
        </button>
      </div>
    </li>
  );
}

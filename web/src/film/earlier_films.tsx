// Films of an earlier page, or of one that was reloaded: the program works on, or has them hidden.
import { useEffect, useState } from "preact/hooks";
import { EarlierItem, EarlierList } from "../components/earlier_list";
import { useWords } from "../words";
import { isAnimation } from "./cinema";
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
    <EarlierList
      titleId="earlier-films-title"
      title={filmWords.earlierTitle}
      lead={filmWords.earlierLead}
    >
      {found.map((job) => (
        <EarlierFilm
          key={job.id}
          job={job}
          onOpen={() => onOpen(job)}
          onRemove={() => void remove(job.id)}
        />
      ))}
    </EarlierList>
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
  const label = isAnimation(job.result_name)
    ? filmWords.downloadAnimation
    : filmWords.downloadFilm;
  return (
    <EarlierItem
      name={name}
      facts={[name, filmWords.earlierStates[state], until]}
      onOpen={isLost(job) ? null : onOpen}
      result={links.result ? { href: links.result, file: job.result_name, label } : null}
      onRemove={onRemove}
    />
  );
}

// Tells screen readers how far films and sound files are: each stage as it begins, its half, and what
// has become of them.
import { useEffect, useRef } from "preact/hooks";
import { News, useNews } from "../components/news";
import type { Messages } from "../messages";
import { useWords } from "../words";
import { type Film, isUpToDate } from "./cinema";
import { failureOf } from "./film_card";
import { type FilmMessages, useFilmWords } from "./film_words";
import type { SoundFile } from "./sound_booth";

interface FilmAnnouncerProps {
  films: readonly Film[];
  sounds: readonly SoundFile[];
}

export function FilmAnnouncer({ films, sounds }: FilmAnnouncerProps) {
  const words = useWords();
  const filmWords = useFilmWords();
  const [news, say] = useNews();
  const before = useRef<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    const now = new Map([
      ...films.map((film) => [`film ${film.id}`, newsOf(film, words, filmWords)] as const),
      ...sounds.map((sound) => [`sound ${sound.id}`, newsOfSound(sound, words, filmWords)] as const),
    ]);
    const fresh = [...now].flatMap(([key, said]) => (before.current.get(key) === said ? [] : [said]));
    before.current = now;
    const said = fresh.filter(Boolean).join(" ");
    if (said) say(said);
  }, [films, sounds, words]);
  return <News>{news}</News>;
}

function newsOf(film: Film, words: Messages, filmWords: FilmMessages): string {
  const { name, state, job } = film;
  if (state === "sending") return words.announceDone(name, filmWords.sending);
  if (state === "failed") return words.announceFailed(name, failureOf(film, words, filmWords));
  const { tracks = 0, kept = 0, progress } = job ?? {};
  if (state === "working") {
    const stage = filmWords.stages[progress?.stage ?? "waiting"];
    return words.announceDone(name, (progress?.percent ?? 0) < 50 ? stage : `${stage}, 50%`);
  }
  if (!isUpToDate(film)) return ""; // The review says that itself, as it is the person's doing.
  const found = tracks + kept > 0 ? filmWords.tracks(tracks, kept) : filmWords.noTrack;
  return `${words.announceDone(name, filmWords.ready)} ${found}`;
}

function newsOfSound(sound: SoundFile, words: Messages, filmWords: FilmMessages): string {
  const { file, state, problem } = sound;
  if (state === "working") return words.announceDone(file.name, filmWords.changingVoices);
  if (state === "failed") return words.announceFailed(file.name, problem || words.noAnswer);
  return state === "ready" ? words.announceDone(file.name, filmWords.ready) : "";
}

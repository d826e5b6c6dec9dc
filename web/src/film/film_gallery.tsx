// The films on the page, below the pictures.
import type { Effect } from "../settings";
import type { Cinema } from "./cinema";
import { FilmCard } from "./film_card";
import { useFilmWords } from "./film_words";

interface FilmGalleryProps {
  cinema: Cinema;
  /** There are no pictures beside them. */
  alone: boolean;
  effect: Effect;
  onReview: (id: number) => void;
}

export function FilmGallery({ cinema, alone, effect, onReview }: FilmGalleryProps) {
  const filmWords = useFilmWords();
  const { films } = cinema;
  return (
    <section class={alone ? "gallery" : "gallery gallery--films"} aria-labelledby="films-title">
      <div class="toolbar">
        <h2 class="toolbar-title" id="films-title">
          {filmWords.films(films.length)}
        </h2>
        <label class="switch film-voice" title={filmWords.voiceHint}>
          <span class="control-name">{filmWords.keepVoice}</span>
          <input
            class="visually-hidden"
            type="checkbox"
            role="switch"
            checked={cinema.keepsVoice}
            onChange={(event) => cinema.chooseVoice(event.currentTarget.checked)}
          />
          <span class="switch-track" aria-hidden="true" />
        </label>
      </div>
      <p class="control-hint">
        {filmWords.addedFromNow}
        {effect === "image" && ` ${filmWords.imageIsVeil}`}
      </p>
      <ul class={films.length === 1 ? "cards cards--single" : "cards"}>
        {films.map((film) => (
          <FilmCard
            key={film.id}
            cinema={cinema}
            film={film}
            onReview={() => onReview(film.id)}
          />
        ))}
      </ul>
    </section>
  );
}

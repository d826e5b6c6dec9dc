// The films on the page, below the pictures.
import { Switch } from "../components/switch";
import type { Cinema } from "./cinema";
import { FilmCard } from "./film_card";
import { useFilmWords } from "./film_words";
import { VoiceChoice } from "./voice_choice";

interface FilmGalleryProps {
  cinema: Cinema;
  /** There are no pictures beside them. */
  alone: boolean;
  onReview: (id: number) => void;
}

export function FilmGallery({ cinema, alone, onReview }: FilmGalleryProps) {
  const filmWords = useFilmWords();
  const { films } = cinema;
  return (
    <section class={alone ? "gallery" : "gallery gallery--films"} aria-labelledby="films-title">
      <div class="toolbar">
        <h2 class="toolbar-title" id="films-title">
          {filmWords.films(films.length)}
        </h2>
      </div>
      <div class="film-options">
        <VoiceChoice
          mode={cinema.sound.mode}
          onChoose={(mode) => cinema.chooseSound({ mode })}
        />
        <div class="voice-choice">
          <Switch
            label={filmWords.copyClean}
            on={cinema.sound.copyClean}
            describedBy="copy-clean-hint"
            onChange={(copyClean) => cinema.chooseSound({ copyClean })}
          />
          <p class="control-hint" id="copy-clean-hint">
            {filmWords.copyCleanHint}
          </p>
        </div>
      </div>
      <p class="control-hint">{filmWords.addedFromNow}</p>
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

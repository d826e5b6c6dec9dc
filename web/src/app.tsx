// The whole page: header, place to drop, options, pictures, footer; or a review; or all faces.
import { useRef, useState } from "preact/hooks";
import { Announcer } from "./components/announcer";
import { CameraDialog } from "./components/camera_dialog";
import { Controls } from "./components/controls";
import { DropOverlay, DropZone } from "./components/drop_zone";
import { EarlierBatches } from "./components/earlier_batches";
import { FaceSheet } from "./components/face_sheet";
import { Footer } from "./components/footer";
import { Gallery } from "./components/gallery";
import { Header } from "./components/header";
import { HelpDialog } from "./components/help_dialog";
import { ReviewView } from "./components/review_view";
import { TrustDialog } from "./components/trust_dialog";
import { animatedOf, anyMayMove } from "./film/animated";
import { isFilm } from "./film/cinema";
import { EarlierFilms } from "./film/earlier_films";
import { FilmAnnouncer } from "./film/film_announcer";
import { FilmGallery } from "./film/film_gallery";
import { useCinema, useSoundBooth } from "./film/film_hooks";
import { FilmView } from "./film/film_view";
import { isSound } from "./film/sound_booth";
import { SoundGallery } from "./film/sound_gallery";
import { useIncomingFiles, useLanguage, useProgramVersion, useWorkshop } from "./hooks";
import { messages } from "./messages";
import { Words } from "./words";

type Place =
  | { at: "desk" }
  | { at: "sheet" }
  | { at: "review"; id: number; track: number | null }
  | { at: "film"; id: number };

type Window = "trust" | "help" | "camera" | null;

export function App() {
  const [language, chooseLanguage] = useLanguage();
  const workshop = useWorkshop(language);
  const cinema = useCinema(language, () => workshop.settings);
  const booth = useSoundBooth(language);
  const version = useProgramVersion();
  const [place, setPlace] = useState<Place>({ at: "desk" });
  const [open, setOpen] = useState<Window>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const take = (files: readonly File[]) => {
    const sort = (moving: ReadonlySet<File>) => {
      const films = files.filter((file) => isFilm(file) || moving.has(file));
      const rest = files.filter((file) => !films.includes(file));
      cinema.add(films);
      booth.add(rest.filter(isSound));
      workshop.add(rest.filter((file) => !isSound(file)));
    };
    // At once where nothing has to be read first; all together, so that they stay one batch.
    if (anyMayMove(files)) void animatedOf(files).then(sort);
    else sort(new Set());
  };
  const hovering = useIncomingFiles((files) => {
    take(files);
    setPlace({ at: "desk" });
  });
  const { pictures } = workshop;
  const { films } = cinema;
  const empty = pictures.length === 0 && films.length === 0 && booth.sounds.length === 0;
  const reviewed = place.at === "review" ? workshop.find(place.id) : undefined;
  const film = place.at === "film" ? cinema.find(place.id) : undefined;
  const toDesk = () => setPlace({ at: "desk" });

  return (
    <Words.Provider value={messages[language]}>
      <Header
        language={language}
        onLanguage={chooseLanguage}
        onTrust={() => setOpen("trust")}
        onHelp={() => setOpen("help")}
      />
      {place.at === "review" && reviewed ? (
        <ReviewView
          workshop={workshop}
          picture={reviewed}
          track={place.track}
          onGo={(to) => setPlace({ at: "review", ...to })}
          onBack={toDesk}
        />
      ) : film?.edits ? (
        <FilmView
          key={film.id}
          cinema={cinema}
          film={film}
          plan={film.edits.present}
          settings={workshop.settings}
          onBack={toDesk}
        />
      ) : place.at === "sheet" ? (
        <FaceSheet
          workshop={workshop}
          onReview={(to) => setPlace({ at: "review", ...to })}
          onBack={toDesk}
        />
      ) : (
        <main class={empty ? "desk desk--empty" : "desk"}>
          <DropZone
            compact={!empty}
            chooser={chooser}
            onFiles={take}
            onCamera={() => setOpen("camera")}
          />
          {empty && <EarlierFilms onOpen={(job) => cinema.takeUp(job)} />}
          {empty && <EarlierBatches onOpen={(own, job) => workshop.takeUp(own, job)} />}
          <Controls
            settings={workshop.settings}
            fixed={pictures.filter(({ original }) => original === null).length}
            onChange={(change) => workshop.change(change)}
          />
          {booth.sounds.length > 0 && <SoundGallery booth={booth} />}
          {films.length > 0 && (
            <FilmGallery
              cinema={cinema}
              alone={pictures.length === 0}
              onReview={(id) => setPlace({ at: "film", id })}
            />
          )}
          {pictures.length > 0 && (
            <Gallery
              workshop={workshop}
              version={version}
              onReview={(id) => setPlace({ at: "review", id, track: null })}
              onSheet={() => setPlace({ at: "sheet" })}
              onEmptied={() => chooser.current?.focus()}
            />
          )}
        </main>
      )}
      <Footer version={version} />
      <Announcer pictures={pictures} />
      <FilmAnnouncer films={films} sounds={booth.sounds} />
      {open === "trust" && <TrustDialog pictures={pictures} onClose={() => setOpen(null)} />}
      {open === "help" && <HelpDialog onClose={() => setOpen(null)} />}
      {open === "camera" && (
        <CameraDialog
          settings={workshop.settings}
          onPicture={(file) => workshop.add([file])}
          onClose={() => setOpen(null)}
        />
      )}
      {hovering && <DropOverlay />}
    </Words.Provider>
  );
}

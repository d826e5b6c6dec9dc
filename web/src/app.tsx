// The whole page: header, place to drop, options, pictures, footer.
import { useRef } from "preact/hooks";
import { Announcer } from "./components/announcer";
import { Controls } from "./components/controls";
import { DropOverlay, DropZone } from "./components/drop_zone";
import { Footer } from "./components/footer";
import { Gallery } from "./components/gallery";
import { Header } from "./components/header";
import { useIncomingFiles, useLanguage, useProgramVersion, useWorkshop } from "./hooks";
import { messages } from "./messages";
import { Words } from "./words";

export function App() {
  const [language, chooseLanguage] = useLanguage();
  const workshop = useWorkshop(language);
  const version = useProgramVersion();
  const hovering = useIncomingFiles((files) => workshop.add(files));
  const chooser = useRef<HTMLInputElement>(null);
  const empty = workshop.pictures.length === 0;

  return (
    <Words.Provider value={messages[language]}>
      <Header language={language} onLanguage={chooseLanguage} />
      <main class={empty ? "desk desk--empty" : "desk"}>
        <DropZone compact={!empty} chooser={chooser} onFiles={(files) => workshop.add(files)} />
        <Controls settings={workshop.settings} onChange={(change) => workshop.change(change)} />
        {!empty && <Gallery workshop={workshop} onEmptied={() => chooser.current?.focus()} />}
      </main>
      <Footer version={version} />
      <Announcer pictures={workshop.pictures} />
      {hovering && <DropOverlay />}
    </Words.Provider>
  );
}

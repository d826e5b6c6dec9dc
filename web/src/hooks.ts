// Preact hooks that tie the page's parts together.
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { programVersion } from "./api";
import { carriesFiles, filesOf } from "./incoming_files";
import { initialLanguage, type Language, languageTag, rememberLanguage } from "./language";
import { messages } from "./messages";
import { Workshop } from "./workshop";

/** The workshop of this page; the component is drawn anew whenever something in it changes. */
export function useWorkshop(language: Language): Workshop {
  const current = useRef(language);
  current.current = language;
  const [, redraw] = useState(0);
  const [workshop] = useState(
    () =>
      new Workshop(
        () => languageTag[current.current],
        () => redraw((n) => n + 1),
      ),
  );
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) workshop.sayAgain();
    first.current = false;
  }, [language]);
  return workshop;
}

export function useLanguage(): [Language, (language: Language) => void] {
  const [language, setLanguage] = useState(initialLanguage);
  // Before anything is painted, so that no screen reader takes the new words for the old language.
  useLayoutEffect(() => {
    document.documentElement.lang = languageTag[language];
    document.title = messages[language].title;
  }, [language]);
  const choose = (chosen: Language) => {
    rememberLanguage(chosen);
    setLanguage(chosen);
  };
  return [language, choose];
}

export function useProgramVersion(): string {
  const [version, setVersion] = useState("");
  useEffect(() => {
    // Only decoration: a page without it works just as well.
    programVersion().then(setVersion, () => undefined);
  }, []);
  return version;
}

/** Whether an element is seen, or within a screenful of it. */
export function useNear(element: RefObject<Element>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!element.current) return undefined;
    const observer = new IntersectionObserver(
      (entries) => setNear(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: "100% 0%" },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return near;
}

/** Takes files that are dropped anywhere or pasted. True while files hover over the window. */
export function useIncomingFiles(take: (files: File[]) => void): boolean {
  const [hovering, setHovering] = useState(false);
  const taker = useRef(take);
  taker.current = take;
  useEffect(() => {
    const listeners = new AbortController();
    const { signal } = listeners;
    const receive = async (transfer: DataTransfer | null) => {
      const files = await filesOf(transfer);
      if (files.length > 0) taker.current(files);
    };
    const hover = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      setHovering(true);
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      setHovering(false);
      void receive(event.dataTransfer);
    };
    // Leaving an element for another one within the window names that one.
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setHovering(false);
    };
    addEventListener("dragenter", hover, { signal });
    addEventListener("dragover", hover, { signal });
    addEventListener("dragleave", leave, { signal });
    addEventListener("drop", drop, { signal });
    const paste = (event: ClipboardEvent) => {
      if (!carriesFiles(event.clipboardData)) return;
      event.preventDefault();
      void receive(event.clipboardData);
    };
    addEventListener("paste", paste, { signal });
    return () => listeners.abort();
  }, []);
  return hovering;
}

// Preact hooks for films: the cinema of the page, pictures of a film, hidden faces.
import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Language, languageTag } from "../language";
import type { Track } from "../plan";
import type { Settings } from "../settings";
import { Cinema, type Film } from "./cinema";
import { type Frame, frameAt, hiddenFace } from "./film_api";
import { SoundBooth } from "./sound_booth";

/** The cinema of this page; the component is drawn anew whenever something in it changes. */
export function useCinema(language: Language, settings: () => Settings): Cinema {
  const current = useRef({ language, settings });
  current.current = { language, settings };
  const [, redraw] = useState(0);
  const [cinema] = useState(
    () =>
      new Cinema(
        () => languageTag[current.current.language],
        () => current.current.settings(),
        () => redraw((n) => n + 1),
      ),
  );
  return cinema;
}

/** The sound files of this page, likewise. */
export function useSoundBooth(language: Language): SoundBooth {
  const current = useRef(language);
  current.current = language;
  const [, redraw] = useState(0);
  const [booth] = useState(
    () => new SoundBooth(() => languageTag[current.current], () => redraw((n) => n + 1)),
  );
  return booth;
}

export interface Wanted {
  readonly shown: "frames" | "original";
  readonly timeUs: number;
  readonly step: -1 | 0 | 1;
}

export interface Seen extends Frame {
  readonly url: string;
  readonly asked: Wanted;
}

/** The picture that is wanted, once it is there; until then the one before. */
export function useFrame(film: Film, wanted: Wanted): { seen: Seen | null; failed: boolean } {
  const [seen, setSeen] = useState<Seen | null>(null);
  const [failed, setFailed] = useState(false);
  const id = film.job?.id;
  useEffect(() => {
    if (!id) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    frameAt({ id, ...wanted, language: document.documentElement.lang, signal }).then(
      (frame) => {
        if (signal.aborted) return;
        setFailed(false);
        setSeen({ ...frame, url: URL.createObjectURL(frame.picture), asked: wanted });
      },
      () => !signal.aborted && setFailed(true),
    );
    return () => controller.abort();
  }, [id, wanted, film.stored]);
  useEffect(() => () => seen && URL.revokeObjectURL(seen.url), [seen]);
  return { seen, failed };
}

/** Whether the element has come into sight, or near it, since it was there. */
export function useComeNear(element: RefObject<Element>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!element.current) return undefined;
    const watch = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setNear(true),
      { rootMargin: "200px" },
    );
    watch.observe(element.current);
    return () => watch.disconnect();
  }, []);
  return near;
}

/** The address of a track's hidden face, once somebody may see it; null until it is there. */
export function useHiddenFace(film: Film, track: Track, near: boolean): string | null {
  const [url, setUrl] = useState<string | null>(null);
  // A track just drawn is not stored yet.
  const id = near && film.known.has(track.id) ? film.job?.id : undefined;
  // As the program has it: it shows the face of the plan that is stored.
  const stored = useMemo(() => track.keyframes, [film.stored]);
  useEffect(() => {
    if (!id) return undefined;
    const controller = new AbortController();
    let made: string | null = null;
    hiddenFace(id, track.id, document.documentElement.lang, controller.signal).then(
      (picture) => {
        if (controller.signal.aborted) return;
        made = URL.createObjectURL(picture);
        setUrl(made);
      },
      () => undefined, // Decoration: the bar says what is to be known.
    );
    return () => {
      controller.abort();
      if (made) URL.revokeObjectURL(made);
    };
  }, [id, track.id, stored]);
  return url;
}

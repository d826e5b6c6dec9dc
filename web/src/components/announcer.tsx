// Tells screen readers what has just become of a picture. Visible words change without this too,
// but out of their sight.
import { useEffect, useRef, useState } from "preact/hooks";
import { type Messages, outcome } from "../messages";
import type { Picture } from "../picture";
import { useWords } from "../words";
import { problemSentence } from "./download_all";

export function Announcer({ pictures }: { pictures: readonly Picture[] }) {
  const words = useWords();
  const before = useRef<readonly Picture[]>([]);
  const [news, setNews] = useState("");
  useEffect(() => {
    const known = new Map(before.current.map((picture) => [picture.id, picture.state]));
    const changed = pictures.filter(({ id, state }) => state !== known.get(id));
    before.current = pictures;
    const sentences = changed.map((picture) => sentenceFor(picture, words)).filter(Boolean);
    if (sentences.length > 0) setNews(sentences.join(" "));
  }, [pictures]);
  return (
    <p class="visually-hidden" role="status" aria-live="polite">
      {news}
    </p>
  );
}

function sentenceFor(picture: Picture, words: Messages): string {
  const { original, state, result } = picture;
  if (state === "done" && result) {
    return words.announceDone(original.name, outcome(words, result.faces));
  }
  if (state === "failed")
    return words.announceFailed(original.name, problemSentence(picture, words));
  return "";
}

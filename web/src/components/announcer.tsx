// Tells screen readers what has just become of a picture. Visible words change without this too,
// but out of their sight.
import { useEffect, useRef } from "preact/hooks";
import { batchMin } from "../batch_work";
import { type Messages, outcome } from "../messages";
import type { Picture } from "../picture";
import { useWords } from "../words";
import { problemSentence } from "./download_all";
import { News, useNews } from "./news";

export function Announcer({ pictures }: { pictures: readonly Picture[] }) {
  const words = useWords();
  const before = useRef<readonly Picture[]>([]);
  const tenth = useRef(0);
  const [news, say] = useNews();
  // Nobody wants to hear of each of hundreds: what failed, and every tenth part of the way.
  const milestone = (all: readonly Picture[]) => {
    const settled = all.filter(({ state }) => state !== "working").length;
    const reached = Math.floor((10 * settled) / all.length);
    if (reached === tenth.current) return "";
    tenth.current = reached;
    return reached > 0 ? `${words.batchOf(settled, all.length)}.` : "";
  };
  useEffect(() => {
    const known = new Map(before.current.map((picture) => [picture.id, picture.state]));
    const changed = pictures.filter(({ id, state }) => state !== known.get(id));
    before.current = pictures;
    const sentences =
      pictures.length < batchMin
        ? changed.map((picture) => sentenceFor(picture, words))
        : changed.map((picture) => failureOf(picture, words)).concat(milestone(pictures));
    const said = sentences.filter(Boolean).join(" ");
    if (said) say(said);
  }, [pictures]);
  return <News>{news}</News>;
}

function sentenceFor(picture: Picture, words: Messages): string {
  const { name, state, result } = picture;
  if (state === "done" && result) return words.announceDone(name, outcome(words, result.faces));
  return failureOf(picture, words);
}

function failureOf(picture: Picture, words: Messages): string {
  if (picture.state !== "failed") return "";
  return words.announceFailed(picture.name, problemSentence(picture, words));
}

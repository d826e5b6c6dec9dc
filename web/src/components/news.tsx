// What is said to those who do not see the page change.
import { useRef, useState } from "preact/hooks";

const readingMs = 4000;

/** What is to be read out now, and the way to add to it. */
export function useNews(): [string, (said: string) => void] {
  const recent = useRef<readonly { said: string; at: number }[]>([]);
  const [news, setNews] = useState("");
  const say = (said: string) => {
    // What was said a moment ago is still being read out.
    const now = performance.now();
    recent.current = [...recent.current.filter(({ at }) => now - at < readingMs), { said, at: now }];
    setNews(recent.current.map((one) => one.said).join(" "));
  };
  return [news, say];
}

/** It has to be there before there is something to say. */
export function News({ children }: { children: string }) {
  return (
    <p class="visually-hidden" role="status" aria-live="polite">
      {children}
    </p>
  );
}

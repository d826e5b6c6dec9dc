// A picture that the program shows. Once it is off the page it is no longer waited for: the program
// may have erased it by then.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

export function LeavingImage(props: JSX.IntrinsicElements["img"]) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const shown = image.current;
    return () => shown?.removeAttribute("src");
  }, []);
  return <img {...props} ref={image} />;
}

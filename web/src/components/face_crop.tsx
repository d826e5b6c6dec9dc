// A face, cut out of the original on this computer and drawn on a canvas.
import { useEffect, useRef, useState } from "preact/hooks";
import { crops } from "../crops";
import type { Picture } from "../picture";
import { boxOf, type Track } from "../plan";

export function FaceCrop({ picture, track }: { picture: Picture; track: Track }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [state, setState] = useState<"waiting" | "drawn" | "none">("waiting");
  const { x, y, width, height } = boxOf(track);
  useEffect(() => {
    let current = true;
    void crops.of(picture, track).then((bitmap) => {
      const context = canvas.current?.getContext("2d");
      if (!current || !context || !canvas.current) return;
      setState(bitmap ? "drawn" : "none");
      if (!bitmap) return;
      canvas.current.width = bitmap.width;
      canvas.current.height = bitmap.height;
      context.drawImage(bitmap, 0, 0);
    });
    return () => {
      current = false;
    };
  }, [picture.id, x, y, width, height]);
  return (
    <canvas ref={canvas} class={`crop crop--${state}`} width="1" height="1" aria-hidden="true" />
  );
}

// The camera's picture with the faces in it hidden, as fast as the program answers: one frame after
// the other, never two under way.
import { applyFields, planFields, type Settings } from "./settings";

export interface LivePreview {
  /** The frame as it is now; null while there is none. */
  readonly frame: () => Promise<Blob | null>;
  readonly show: (hidden: ImageBitmap) => void;
  readonly settings: Settings;
  readonly signal: AbortSignal;
}

// Only to be looked at: one pass of one network, and no second look.
const quickly = { search: "quick", second_look: "none", accept_findings: "true", format: "jpeg" };
const restMs = 500;

/** Runs until the signal; what goes wrong with one frame does not end it. */
export async function runLive({ frame, show, settings, signal }: LivePreview): Promise<void> {
  while (!signal.aborted) {
    try {
      const picture = await frame();
      const hidden = picture && (await hide(picture, settings, signal));
      if (hidden && !signal.aborted) show(hidden);
      if (hidden) continue;
    } catch {
      // The next frame is asked for all the same.
    }
    await new Promise((go) => setTimeout(go, restMs));
  }
}

async function hide(
  picture: Blob,
  settings: Settings,
  signal: AbortSignal,
): Promise<ImageBitmap | null> {
  const body = new FormData();
  const fields = { ...planFields(settings), ...applyFields(settings), ...quickly };
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("image", picture);
  const answer = await fetch("api/v1/hide", { method: "POST", body, signal });
  return answer.ok ? createImageBitmap(await answer.blob()) : null;
}

// One picture of the page and what has become of it.
import type { Progress } from "./api";

export interface Result {
  /** What is downloaded: the server's bytes, in the input's format. */
  readonly file: Blob;
  readonly fileUrl: string;
  readonly fileName: string;
  /** What is shown; the same as `fileUrl` unless the browser cannot show that format. */
  readonly shownUrl: string;
  readonly faces: number;
  readonly width: number;
  readonly height: number;
}

export type State = "working" | "done" | "failed";

export interface Picture {
  readonly id: number;
  readonly original: File;
  /** Address of the original for the comparison; null where the browser cannot show its format. */
  readonly originalUrl: string | null;
  readonly state: State;
  readonly progress: Progress;
  /** The last result; while `working` it belongs to earlier settings. */
  readonly result: Result | null;
  /** Why it failed, in a sentence; empty if nobody said; null if the program did not answer. */
  readonly problem: string | null;
}

export const waiting: Progress = { phase: "waiting", share: 0 };

let lastId = 0;

export function newPicture(original: File): Picture {
  lastId += 1;
  return {
    id: lastId,
    original,
    originalUrl: null,
    state: "working",
    progress: waiting,
    result: null,
    problem: null,
  };
}

/** Gives back the memory behind a result. */
export function releaseResult(result: Result | null): void {
  if (!result) return;
  URL.revokeObjectURL(result.fileUrl);
  if (result.shownUrl !== result.fileUrl) URL.revokeObjectURL(result.shownUrl);
}

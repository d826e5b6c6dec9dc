// One picture of the page and what has become of it.
import type { Progress } from "./api";
import type { History } from "./history";
import type { Plan } from "./plan";
import type { Finding, SecondLook } from "./second_look";

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
  readonly notes: readonly string[];
  readonly secondLook: SecondLook;
}

export type State = "working" | "done" | "failed";

export interface Picture {
  readonly id: number;
  readonly original: File;
  /** Address of the original for the comparison; null where the browser cannot show its format. */
  readonly originalUrl: string | null;
  readonly state: State;
  readonly progress: Progress;
  /** What was found, as the detector said it; null until it has looked. */
  readonly found: Plan | null;
  /** `found` is of other settings: the detector has to look again. */
  readonly stale: boolean;
  /** The plan as it stands, with what a person did to it. */
  readonly edits: History<Plan> | null;
  /** The last result; while `working` it belongs to earlier settings. */
  readonly result: Result | null;
  /** Why it failed, in a sentence; empty if nobody said; null if the program did not answer. */
  readonly problem: string | null;
  /** What looking again found and the plan does not hide: no result is given. */
  readonly findings: readonly Finding[];
  /** The person wants the result of this plan all the same. */
  readonly accepted: boolean;
  /** Faces that only looking again found; they are in the plan, to be checked. */
  readonly added: number;
  /** Given up by the person: not done, and nobody's fault. */
  readonly cancelled: boolean;
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
    found: null,
    stale: false,
    edits: null,
    result: null,
    problem: null,
    findings: [],
    accepted: false,
    added: 0,
    cancelled: false,
  };
}

/** Gives back the memory behind a result. */
export function releaseResult(result: Result | null): void {
  if (!result) return;
  URL.revokeObjectURL(result.fileUrl);
  if (result.shownUrl !== result.fileUrl) URL.revokeObjectURL(result.shownUrl);
}

// One picture of the page and what has become of it.
import type { Progress } from "./api";
import type { History } from "./history";
import type { JobFile, Remote } from "./jobs";
import type { Plan } from "./plan";
import type { Finding, SecondLook } from "./second_look";

export interface Result {
  /** What is downloaded, in the input's format: in the page's store, or in the program's. */
  readonly fileUrl: string;
  /** The same bytes where the page has them. */
  readonly file: Blob | null;
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
  readonly name: string;
  /** Null where it went with an earlier page: only the program may still have it. */
  readonly original: File | null;
  /** Address of the original for the comparison; null where the browser cannot show its format,
   *  undefined where nobody has tried it yet, or it is gone. */
  readonly originalUrl: string | null | undefined;
  /** Worked on as a job of the program, whose results outlive the page. */
  readonly inBatch: boolean;
  /** Where it stands in that job; null until it is sent. */
  readonly remote: Remote | null;
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

export function newPicture(original: File, inBatch: boolean): Picture {
  return { ...emptyPicture(original.name), original, inBatch };
}

/** A picture that an earlier page has sent. */
export function pictureOf(job: string, file: JobFile): Picture {
  const originalUrl = file.links.original;
  const remote = { job, file, applied: "" };
  return { ...emptyPicture(file.name), inBatch: true, remote, originalUrl };
}

/** Whether its plan can still be changed: somebody has the original. */
export function isCorrectable({ original, remote }: Picture): boolean {
  return original !== null || (remote?.file.original_kept ?? false);
}

export function canRetry({ state, original }: Picture): boolean {
  return state === "failed" && original !== null;
}

function emptyPicture(name: string): Picture {
  lastId += 1;
  return {
    id: lastId,
    name,
    original: null,
    originalUrl: undefined,
    inBatch: false,
    remote: null,
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
  // Of an address that is the program's own this does nothing.
  URL.revokeObjectURL(result.fileUrl);
  if (result.shownUrl !== result.fileUrl) URL.revokeObjectURL(result.shownUrl);
}

/** The bytes that are downloaded. */
export async function bytesOf({ file, fileUrl }: Result): Promise<Blob> {
  if (file) return file;
  const answer = await fetch(fileUrl);
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.blob();
}

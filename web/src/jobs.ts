// The page's side of the program's jobs (docs/api.md): many pictures are worked on in the
// background, and what is done outlives the page.
import { ask, type PictureRequest, type Progress, Problem, sendPicture } from "./api";
import type { Plan } from "./plan";
import type { Check, Finding, Outcome } from "./second_look";
import { applyFields, planFields, type Settings } from "./settings";

export type FileState =
  | "queued"
  | "running"
  | "review"
  | "done"
  | "failed"
  | "cancelled"
  | "interrupted"
  | "withheld"
  | "removed";

/** One picture of a job (docs/openapi.json, JobFile). What is optional is there once it is hidden. */
export interface JobFile {
  readonly id: string;
  readonly name: string;
  readonly state: FileState;
  readonly stage: "waiting" | "looking" | "hiding" | "checking" | "storing" | "finished";
  readonly error?: string;
  readonly notes?: readonly string[];
  readonly checks?: readonly { check: Check; outcome: Outcome }[];
  readonly withheld?: boolean;
  readonly findings?: readonly Finding[];
  readonly added?: number;
  readonly faces?: number;
  readonly width?: number;
  readonly height?: number;
  readonly result_name?: string;
  readonly original_kept: boolean;
  readonly revision: number;
  readonly links: Readonly<
    Record<"self", string> & Partial<Record<"result" | "plan" | "preview" | "original", string>>
  >;
}

export interface Job {
  readonly id: string;
  readonly state: "running" | "paused" | "review" | "done" | "cancelled" | "interrupted";
  readonly expires?: string;
  readonly progress: { readonly total: number; readonly done: number; readonly failed: number };
  readonly files: readonly JobFile[];
}

/** Where a picture stands in a job. */
export interface Remote {
  readonly job: string;
  readonly file: JobFile;
  /** The tracks of the plan that its result is of, as JSON; empty until it is known. */
  readonly applied: string;
}

export function isSettled({ state }: JobFile): boolean {
  return state !== "queued" && state !== "running";
}

export function isHidden({ state }: JobFile): boolean {
  return state === "review" || state === "done" || state === "withheld";
}

const shareOfStage = { waiting: 0.3, looking: 0.4, hiding: 0.7, checking: 0.8, storing: 0.9 };

export function progressOf({ state, stage }: JobFile): Progress {
  if (state === "queued" || stage === "finished") return { phase: "waiting", share: 0.3 };
  return { phase: "processing", share: shareOfStage[stage] };
}

function addressOf(job: string): string {
  return `api/v1/jobs/${job}`;
}

/** A link: the browser saves the file as it comes, without holding it. */
export function zipAddress(job: string, language: string): string {
  return `${addressOf(job)}/result.zip?language=${language}`;
}

/** A new job whose first picture this is. All of its pictures are hidden with these settings. */
export function createJob(settings: Settings, request: PictureRequest): Promise<Job> {
  const fields = { ...planFields(settings), ...applyFields(settings), review: "true" };
  return sendPicture<Job>("api/v1/jobs", { ...request, fields });
}

export function addToJob(job: string, request: PictureRequest): Promise<Job> {
  return sendPicture<Job>(`${addressOf(job)}/files`, { ...request, fields: {} });
}

/** Null where the program knows of no such job (any longer). */
export async function jobOf(job: string, language: string): Promise<Job | null> {
  try {
    return (await (await ask("GET", addressOf(job), { language })).json()) as Job;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

export async function fileOf(address: string, language: string, signal: AbortSignal) {
  return (await (await ask("GET", address, { language, signal })).json()) as JobFile;
}

export async function planOf(file: JobFile, signal: AbortSignal): Promise<Plan> {
  return (await (await ask("GET", file.links.plan ?? "", { signal })).json()) as Plan;
}

/** The picture hidden anew, as a person says. */
export async function correct(
  file: JobFile,
  plan: Plan,
  options: { accepted: boolean; language: string; signal: AbortSignal },
): Promise<JobFile> {
  const { accepted, language, signal } = options;
  const query = accepted ? "?accept_findings=true" : "";
  const body = JSON.stringify({ tracks: plan.tracks });
  const address = `${file.links.self}/plan${query}`;
  return (await (await ask("PATCH", address, { body, language, signal })).json()) as JobFile;
}

export async function tellJob(job: string, what: "pause" | "resume" | "cancel"): Promise<void> {
  await ask("POST", `${addressOf(job)}/${what}`, {});
}

export async function tellFile(file: JobFile, what: "cancel" | "close"): Promise<void> {
  await ask("POST", `${file.links.self}/${what}`, {});
}

export async function eraseFile(file: JobFile): Promise<void> {
  await ask("DELETE", file.links.self, {});
}

export async function eraseJob(job: string): Promise<void> {
  await ask("DELETE", addressOf(job), {});
}

export function eventsOf(job: string): EventSource {
  return new EventSource(`${addressOf(job)}/events`);
}

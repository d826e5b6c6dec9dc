// The page's side of the films' part of the HTTP interface (docs/api.md, "Films").
import { NoAnswer, Problem } from "../api";
import type { Box, Plan } from "../plan";
import type { Keyframe } from "./film_plan";
import { type Settings, threshold } from "../settings";
import type { VoiceMode } from "./sound";

export interface FilmProgress {
  readonly stage: "waiting" | "find" | "hide" | "look_again" | "finished";
  readonly percent: number;
  readonly frames_per_second: number;
  readonly eta_s?: number;
  /** Films whose turn comes first. */
  readonly films_before?: number;
}

export interface FilmJob {
  readonly id: string;
  readonly name: string;
  readonly state: "queued" | "running" | "review" | "done" | "failed" | "cancelled" | "interrupted";
  readonly expires?: string;
  readonly progress: FilmProgress;
  readonly error?: string;
  readonly frames?: number;
  readonly last_us?: number;
  readonly revision: number;
  readonly tracks?: number;
  readonly kept?: number;
  readonly result_name?: string;
  readonly result_revision?: number;
  /** Faces that looking again found in sight in the result, and whatever else should not be there. */
  readonly findings?: number;
  /** Pictures of the result that were taken over as they were coded. */
  readonly frames_copied?: number;
  /** What a person should know of the way the result was made. */
  readonly notes?: readonly string[];
  readonly links: Readonly<Record<string, string>>;
}

/** It has come to an end without a hidden film. */
export const isLost = ({ state }: FilmJob): boolean =>
  state === "failed" || state === "cancelled" || state === "interrupted";

/** A picture of the film, and the moments of its neighbours. */
export interface Frame {
  readonly picture: Blob;
  readonly timeUs: number;
  readonly previousUs: number;
  readonly nextUs: number;
}

const jobs = "api/v1/jobs";

async function problemOf(answer: Response): Promise<Problem> {
  const body = (await answer.json().catch(() => ({}))) as { detail?: string };
  return new Problem(answer.status, body.detail ?? `HTTP ${answer.status}`, 1000);
}

async function ask(address: string, language: string, init: RequestInit = {}): Promise<Response> {
  const headers = { ...init.headers, "Accept-Language": language };
  const answer = await fetch(address, { ...init, headers }).catch((error: unknown) => {
    if (init.signal?.aborted) throw error;
    throw new NoAnswer();
  });
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

const jobOf = async (answer: Response): Promise<FilmJob> => (await answer.json()) as FilmJob;

/** What holds for films beside the settings of pictures. */
export interface Sound {
  readonly mode: VoiceMode;
  /** Stretches in which nothing is hidden are not encoded again, where that can be done. */
  readonly copyClean: boolean;
}

export interface Sending {
  readonly file: File;
  readonly settings: Settings;
  readonly sound: Sound;
  readonly language: string;
  readonly signal: AbortSignal;
  readonly onSent: (share: number) => void;
}

/** Hands over the picture that is laid over faces; the name under which films speak of it. */
async function sendCover(cover: File, language: string, signal: AbortSignal): Promise<string> {
  const init = { method: "POST", body: cover, signal };
  const answer = await ask("api/v1/covers", language, init);
  return ((await answer.json()) as { id: string }).id;
}

/** The film goes to the program piece by piece, is hidden at once and kept open for a review. */
export async function sendFilm(sending: Sending): Promise<FilmJob> {
  const { file, settings, sound, language, signal, onSent } = sending;
  const { effect, cover } = settings;
  const covered = effect === "image" && cover ? await sendCover(cover, language, signal) : null;
  const query = new URLSearchParams({
    name: file.name,
    review: "after",
    effect,
    shape: settings.shape,
    threshold: String(threshold(settings.sensitivity)),
    voice: sound.mode,
    ...(covered ? { cover: covered } : {}),
    ...(sound.copyClean ? { copy_clean: "true" } : {}),
    ...(settings.frame ? { frame: "true" } : {}),
  });
  return new Promise<FilmJob>((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open("POST", `${jobs}?${query}`);
    xhr.setRequestHeader("Accept-Language", language);
    xhr.setRequestHeader("Content-Type", "application/octet-stream");
    xhr.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0);
    xhr.onload = () =>
      xhr.status === 202
        ? resolve(JSON.parse(xhr.responseText) as FilmJob)
        : reject(new Problem(xhr.status, detailIn(xhr.responseText), 1000));
    xhr.onerror = () => reject(new NoAnswer());
    xhr.onabort = () => reject(signal.reason);
    signal.addEventListener("abort", () => xhr.abort(), { once: true });
    xhr.send(file);
  });
}

export interface ChangedSound {
  readonly sound: Blob;
  readonly name: string;
}

/** A sound file with its voices changed. */
export async function changeVoices(
  file: File,
  mode: VoiceMode,
  language: string,
  signal: AbortSignal,
): Promise<ChangedSound> {
  const query = new URLSearchParams({ voice: mode, name: file.name });
  const headers = { "Content-Type": "application/octet-stream" };
  const init = { method: "POST", body: file, headers, signal };
  const answer = await ask(`api/v1/voice?${query}`, language, init);
  const sound = await answer.blob();
  const extension = /\.[^.]+$/.exec(file.name)?.[0] ?? ".wav";
  return { sound, name: `${file.name.slice(0, -extension.length)}-hidden${extension}` };
}

function detailIn(text: string): string {
  try {
    return (JSON.parse(text) as { detail?: string }).detail ?? "";
  } catch {
    return "";
  }
}

export const filmJob = async (id: string, language: string): Promise<FilmJob> =>
  jobOf(await ask(`${jobs}/${id}`, language));

export const filmPlan = async (id: string, language: string): Promise<Plan> =>
  (await (await ask(`${jobs}/${id}/plan`, language)).json()) as Plan;

/** Stores the corrections; what is seen of the film from now on follows them. */
export const storePlan = async (id: string, plan: Plan, language: string): Promise<FilmJob> =>
  jobOf(await ask(`${jobs}/${id}/plan`, language, { method: "PATCH", body: JSON.stringify(plan) }));

const post = async (id: string, what: string, language: string): Promise<FilmJob> =>
  jobOf(await ask(`${jobs}/${id}/${what}`, language, { method: "POST", body: "" }));

/** Hides what the stored plan says, in the background. */
export const applyFilm = (id: string, language: string) => post(id, "apply", language);
export const cancelFilm = (id: string, language: string) => post(id, "cancel", language);

export async function eraseFilm(id: string, language: string): Promise<void> {
  await ask(`${jobs}/${id}`, language, { method: "DELETE" });
}

export interface FrameRequest {
  readonly id: string;
  /** The true output, or the film as it came. */
  readonly shown: "frames" | "original";
  readonly timeUs: number;
  readonly step: -1 | 0 | 1;
  readonly language: string;
  readonly signal: AbortSignal;
}

export async function frameAt(request: FrameRequest): Promise<Frame> {
  const { id, shown, timeUs, step, language, signal } = request;
  const query = new URLSearchParams({ time_us: String(Math.round(timeUs)), step: String(step) });
  const answer = await ask(`${jobs}/${id}/${shown}?${query}`, language, { signal });
  const moment = (name: string) => Number(answer.headers.get(`FaceVeil-${name}`) ?? 0);
  return {
    picture: await answer.blob(),
    timeUs: moment("Time"),
    previousUs: moment("Previous"),
    nextUs: moment("Next"),
  };
}

/** Where the program believes that what is in the box is before and behind that moment. */
export async function follow(
  id: string,
  timeUs: number,
  box: Box,
  language: string,
): Promise<Keyframe[]> {
  const body = JSON.stringify({ time_us: timeUs, box });
  const answer = await ask(`${jobs}/${id}/follow`, language, { method: "POST", body });
  return ((await answer.json()) as { keyframes: Keyframe[] }).keyframes;
}

/** A track's face, hidden whatever the plan decides. */
export async function hiddenFace(
  id: string,
  track: number,
  language: string,
  signal: AbortSignal,
): Promise<Blob> {
  return (await ask(`${jobs}/${id}/tracks/${track}/face`, language, { signal })).blob();
}

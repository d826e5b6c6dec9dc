// The page's side of the program's HTTP interface. XMLHttpRequest and not fetch, because only it
// tells how much of an upload has gone.
import type { Plan } from "./plan";
import type { Finding as Found, SecondLook } from "./second_look";

/** Where a request stands. `share` (0..1) is how much of the whole way is behind it. */
export interface Progress {
  readonly phase: "waiting" | "sending" | "processing" | "receiving";
  readonly share: number;
}

export interface Hidden {
  readonly picture: Blob;
  readonly faces: number;
  readonly width: number;
  readonly height: number;
  /** What a person should know of the way it was done. */
  readonly notes: readonly string[];
  readonly secondLook: SecondLook;
}

/** One part of the file that is not the picture, and what becomes of it. */
export interface Finding {
  readonly kind: string;
  readonly description: string;
  readonly detail: string;
  readonly bytes: number;
  readonly fate: "kept" | "rewritten" | "dropped";
}

/** The server's answer was an error. `sentence` is for the person, in the page's language. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly sentence: string,
    readonly retryAfterMs: number,
  ) {
    super(sentence);
  }
}

/** The picture is hidden, but looking again found something in it. */
export class Withheld extends Problem {
  constructor(
    sentence: string,
    readonly findings: readonly Found[],
  ) {
    super(422, sentence, 0);
  }
}

/** No answer at all: the program has been stopped, or the connection broke. */
export class NoAnswer extends Error {}

export interface PictureRequest {
  readonly file: File;
  readonly fields: Readonly<Record<string, string | File>>;
  readonly language: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

// How the bar is divided among the three parts of a request.
const sentShare = 0.4;
const processedShare = 0.85;

/** What would be hidden. Rejects with Problem, NoAnswer, or the signal's reason, as all here do. */
export function planFor(request: PictureRequest): Promise<Plan> {
  return sendPicture<Plan>("api/v1/plan", request);
}

/** Hides what the plan says and nothing else. Rejects with Withheld where that is not enough. */
export async function applyPlan(plan: Plan, request: PictureRequest): Promise<Hidden> {
  const fields = { ...request.fields, plan: JSON.stringify(plan), exact: "true" };
  return hiddenOf(await send("api/v1/apply", { ...request, fields }));
}

export async function metadataOf(file: File, language: string): Promise<Finding[]> {
  const body = new FormData();
  body.append("image", file);
  const headers = { "Accept-Language": language };
  const answer = await fetch("api/v1/metadata", { method: "POST", body, headers });
  if (!answer.ok) throw new NoAnswer();
  return ((await answer.json()) as { findings: Finding[] }).findings;
}

/** The program's own record of its sockets (docs/openapi.json, Trust). */
export interface Trust {
  readonly outgoing_forbidden: boolean;
  readonly outgoing_connections: number;
  readonly originals_on_disk: number;
  readonly peers: Readonly<
    Record<"loopback" | "network", { connections: number; sent_bytes: number }>
  >;
}

export async function trustRecord(): Promise<Trust> {
  const answer = await fetch("api/v1/trust");
  if (!answer.ok) throw new NoAnswer();
  return (await answer.json()) as Trust;
}

/** Sends a picture to be answered with JSON. */
export async function sendPicture<T>(address: string, request: PictureRequest): Promise<T> {
  const { response } = await send(address, request);
  return JSON.parse(await (response as Blob).text()) as T;
}

interface Asked {
  readonly body?: string;
  readonly language?: string;
  readonly signal?: AbortSignal;
}

/** A request without a picture. Rejects with Problem, NoAnswer, or the signal's reason. */
export async function ask(method: string, address: string, asked: Asked): Promise<Response> {
  const { body = null, language, signal = null } = asked;
  const headers: Record<string, string> = language ? { "Accept-Language": language } : {};
  if (body) headers["Content-Type"] = "application/json";
  const answer = await fetch(address, { method, body, headers, signal }).catch((reason) => {
    throw signal?.aborted ? reason : new NoAnswer();
  });
  if (answer.ok) return answer;
  throw problemIn(await answer.text(), answer.status, answer.statusText, 0);
}

function send(address: string, request: PictureRequest): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open("POST", address);
    xhr.responseType = "blob";
    xhr.setRequestHeader("Accept-Language", request.language);
    reportProgress(xhr, request.onProgress);
    xhr.onload = () => (xhr.status >= 200 && xhr.status < 300 ? resolve(xhr) : problemOf(xhr).then(reject));
    xhr.onerror = () => reject(new NoAnswer());
    xhr.onabort = () => reject(request.signal.reason);
    request.signal.addEventListener("abort", () => xhr.abort(), { once: true });
    xhr.send(formOf(request));
  });
}

export async function programVersion(): Promise<string> {
  const answer = await fetch("api/v1/version");
  const { version } = (await answer.json()) as { version?: unknown };
  return typeof version === "string" ? version : "";
}

function formOf(request: PictureRequest): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(request.fields)) form.append(name, value);
  // By its own name: of a folder, browsers would send the path.
  form.append("image", request.file, request.file.name);
  return form;
}

function reportProgress(xhr: XMLHttpRequest, onProgress: (progress: Progress) => void): void {
  const part = (event: ProgressEvent) => (event.total > 0 ? event.loaded / event.total : 0);
  onProgress({ phase: "sending", share: 0 });
  xhr.upload.onprogress = (event) =>
    onProgress({ phase: "sending", share: sentShare * part(event) });
  xhr.upload.onload = () => onProgress({ phase: "processing", share: sentShare });
  xhr.onprogress = (event) =>
    onProgress({
      phase: "receiving",
      share: processedShare + (1 - processedShare) * part(event),
    });
}

function hiddenOf(xhr: XMLHttpRequest): Hidden {
  const number = (header: string) => Number(xhr.getResponseHeader(header) ?? 0);
  return {
    picture: xhr.response as Blob,
    faces: number("FaceVeil-Faces"),
    width: number("FaceVeil-Width"),
    height: number("FaceVeil-Height"),
    notes: JSON.parse(xhr.getResponseHeader("FaceVeil-Notes") ?? "[]") as string[],
    secondLook: {
      checks: JSON.parse(xhr.getResponseHeader("FaceVeil-Checks") ?? "{}") as SecondLook["checks"],
      findings: number("FaceVeil-Findings"),
    },
  };
}

async function problemOf(xhr: XMLHttpRequest): Promise<Problem> {
  const retryAfterS = Number(xhr.getResponseHeader("Retry-After") ?? 1);
  const retryAfterMs = Number.isFinite(retryAfterS) ? retryAfterS * 1000 : 1000;
  const text = await (xhr.response as Blob).text();
  return problemIn(text, xhr.status, xhr.statusText, retryAfterMs);
}

function problemIn(text: string, status: number, title: string, retryAfterMs: number): Problem {
  const body = bodyIn(text);
  const sentence = body ? (body.detail ?? body.title ?? "") : `HTTP ${status} ${title}`;
  if (body?.verify) return new Withheld(sentence, body.verify.findings);
  return new Problem(status, sentence.trim(), retryAfterMs);
}

// RFC 9457: `detail` explains this occurrence, `title` the kind of problem.
interface ProblemBody {
  readonly detail?: string;
  readonly title?: string;
  readonly verify?: { readonly findings: readonly Found[] };
}

function bodyIn(text: string): ProblemBody | null {
  try {
    return JSON.parse(text) as ProblemBody;
  } catch {
    return null;
  }
}

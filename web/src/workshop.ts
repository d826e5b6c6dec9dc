// The pictures that are on the page, and the work on them. Originals stay here, as File objects;
// they go to the program on this computer and nowhere else. Each is looked at once (its plan), the
// plan is corrected by a person or not, and applied: the result is always the program's own.
import { batchMin, BatchWork } from "./batch_work";
import {
  applyPlan,
  type Hidden,
  NoAnswer,
  type PictureRequest,
  planFor,
  Problem,
  Withheld,
} from "./api";
import { Pace } from "./batch";
import { showableUrl } from "./display";
import { resultName } from "./file_names";
import { begin, type History, redo, step, undo } from "./history";
import { correct, isHidden, type Job, type JobFile, planOf } from "./jobs";
import type { OwnJob } from "./own_jobs";
import { retryWhileBusy } from "./patience";
import {
  canRetry,
  isCorrectable,
  newPicture,
  type Picture,
  pictureOf,
  releaseResult,
  type Result,
  waiting,
} from "./picture";
import { carriedOver, dressed, type Plan, withFaces } from "./plan";
import { Queue } from "./queue";
import { facesIn, type Finding } from "./second_look";
import { applyFields, defaultSettings, looksAnew, planFields, type Settings } from "./settings";

// Two at once keep the program busy while the other picture travels; more would only wait there.
const requestsAtOnce = 2;
// Each original is decoded to find out whether it can be shown: a whole folder of them at once
// would fill the memory.
const previewsAtOnce = 2;
// A slider that is being dragged, or a box that is being moved, should not start the work anew at
// every step.
const settleMs = 350;
// How much of the whole way looking is; the rest is hiding, and looking again.
const lookShare = 0.4;
// So many times are faces added that only looking again found, as on the command line.
const furtherRoundsMax = 2;

type Fields = Record<string, string | File>;

export class Workshop {
  pictures: readonly Picture[] = [];
  settings: Settings = defaultSettings;
  paused = false;
  readonly pace = new Pace();

  private readonly queue = new Queue(requestsAtOnce);
  private readonly previews = new Queue(previewsAtOnce);
  private readonly running = new Map<number, AbortController>();
  private readonly batch = new BatchWork(
    () => this.pictures,
    ({ id }, remote) => this.update(id, { remote }),
  );
  private readonly wanted = new Set<number>();
  private readonly settling = new Map<number, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly language: () => string,
    private readonly changed: () => void,
  ) {}

  add(files: readonly File[]): void {
    const inBatch = files.length >= batchMin || this.batch.job !== null;
    const added = files.map((file) => newPicture(file, inBatch));
    this.pictures = [...this.pictures, ...added];
    this.changed();
    for (const { id } of added) void this.work(id);
  }

  /** Takes up a job of an earlier page. Only where nothing else is here: its settings become ours. */
  takeUp({ id: job, settings }: OwnJob, { files, state }: Job): void {
    this.settings = settings;
    this.batch.job = job;
    this.pictures = files.map((file) => pictureOf(job, file));
    this.paused = state === "paused";
    this.changed();
    for (const { id } of this.pictures) void this.work(id);
  }

  /** The job that all pictures are in, whose results the program gives in one file. */
  get wholeJob(): string | null {
    const jobs = new Set(this.pictures.map(({ remote }) => remote?.job ?? null));
    return jobs.size === 1 ? ([...jobs][0] ?? null) : null;
  }

  retry(id: number): void {
    void this.work(id, true);
  }

  retryFailed(): void {
    for (const picture of this.pictures) if (canRetry(picture)) this.retry(picture.id);
  }

  /** So that the sentences of the failures come in the language that is spoken now, too. */
  sayAgain(): void {
    for (const { id, state, cancelled } of this.pictures)
      if (state === "failed" && !cancelled) void this.work(id);
  }

  pause(paused: boolean): void {
    this.paused = paused;
    this.pace.forget();
    this.queue.hold(paused);
    this.batch.hold(paused);
    this.changed();
  }

  /** Gives up whatever is not done yet. It stays in the list, to be tried again. */
  cancel(): void {
    this.batch.cancel();
    for (const { id, state } of this.pictures) if (state === "working") this.giveUp(id);
    this.pause(false);
  }

  cancelOne(id: number): void {
    const picture = this.find(id);
    if (picture) this.batch.cancelOne(picture);
    this.giveUp(id);
  }

  private giveUp(id: number): void {
    this.stop(id);
    this.update(id, { state: "failed", problem: "", cancelled: true });
  }

  remove(id: number): void {
    const picture = this.find(id);
    if (!picture) return;
    this.stop(id);
    this.batch.forget(picture);
    this.pictures = this.pictures.filter((other) => other !== picture);
    if (this.pictures.length === 0) this.batch.close();
    releaseResult(picture.result);
    if (picture.originalUrl) URL.revokeObjectURL(picture.originalUrl);
    this.changed();
  }

  removeAll(): void {
    for (const { id } of this.pictures) this.remove(id);
  }

  /** New settings hold for every picture that is here: all are worked on again. */
  change(settings: Partial<Settings>): void {
    this.settings = { ...this.settings, ...settings };
    const anew = looksAnew(settings);
    // A job's settings are its own, but for what its plans say: effect and shape.
    const elsewhere = anew || "frame" in settings;
    for (const picture of this.pictures) {
      // What only the program has stays as it is.
      if (elsewhere && !picture.original) continue;
      // What was found with other settings is kept in `edits`, whose corrections are carried over.
      if (anew) this.update(picture.id, { stale: true });
      if (elsewhere) this.sendAnew(picture);
      this.workSoon(picture.id);
    }
    if (elsewhere) this.batch.close();
    this.changed();
  }

  /** A correction by the person. */
  edit(id: number, correct: (plan: Plan) => Plan): void {
    this.turn(id, (edits) => step(edits, correct(edits.present)));
  }

  /** Adds to the plan what looking again found. */
  hideFound(id: number): void {
    const findings = this.find(id)?.findings ?? [];
    this.edit(id, (plan) => withFaces(plan, findings, this.settings));
  }

  /** The result of the plan as it stands, whatever looking again finds. */
  accept(id: number): void {
    this.update(id, { accepted: true });
    void this.work(id);
  }

  undo(id: number): void {
    this.turn(id, undo);
  }

  redo(id: number): void {
    this.turn(id, redo);
  }

  find(id: number): Picture | undefined {
    return this.pictures.find((picture) => picture.id === id);
  }

  /** The plan as it is applied. */
  planOf({ edits, found }: Picture): Plan | null {
    return edits && found ? dressed(edits.present, this.settings, found) : null;
  }

  private turn(id: number, move: (edits: History<Plan>) => History<Plan>): void {
    const picture = this.find(id);
    const edits = picture?.edits;
    if (!edits || !isCorrectable(picture)) return;
    const moved = move(edits);
    if (moved === edits || moved.present === edits.present) return;
    this.update(id, { edits: moved });
    this.workSoon(id);
  }

  // Results of the old plan may not be downloaded as if they were of the new one.
  private workSoon(id: number): void {
    this.stop(id);
    this.update(id, {
      state: "working",
      progress: waiting,
      cancelled: false,
      findings: [],
      accepted: false,
    });
    this.settling.set(
      id,
      setTimeout(() => void this.work(id), settleMs),
    );
  }

  private stop(id: number): void {
    clearTimeout(this.settling.get(id));
    this.settling.delete(id);
    this.running.get(id)?.abort();
    this.running.delete(id);
  }

  private update(id: number, change: Partial<Picture>): void {
    this.pictures = this.pictures.map((picture) =>
      picture.id === id ? { ...picture, ...change } : picture,
    );
    this.changed();
  }

  /** Finds out whether the original can be shown, when somebody is about to look at it. */
  async wantOriginal(id: number): Promise<void> {
    const original = this.find(id)?.original;
    if (!original || this.wanted.has(id)) return;
    this.wanted.add(id);
    const originalUrl = await this.previews.run(() => showableUrl(original));
    if (this.find(id)) this.update(id, { originalUrl });
    else if (originalUrl) URL.revokeObjectURL(originalUrl);
  }

  private async work(id: number, again = false): Promise<void> {
    if (!this.find(id)) return;
    this.stop(id);
    const controller = new AbortController();
    const { signal } = controller;
    this.running.set(id, controller);
    this.update(id, {
      state: "working",
      progress: waiting,
      problem: null,
      cancelled: false,
      findings: [],
    });
    try {
      const result = this.present(id).inBatch
        ? await this.resultInBatch(id, signal, again)
        : await this.queue.run(async () => {
            signal.throwIfAborted();
            await this.look(id, signal);
            return this.checkedResult(id, signal);
          });
      this.settle(id, signal, result);
    } catch (error) {
      if (signal.aborted) return;
      const findings = error instanceof Withheld ? error.findings : [];
      this.update(id, { state: "failed", problem: sentenceOf(error), findings });
    }
    if (!signal.aborted) this.pace.note();
  }

  private settle(id: number, signal: AbortSignal, result: Result): void {
    const picture = this.find(id);
    if (!picture || signal.aborted) {
      releaseResult(result);
      return;
    }
    releaseResult(picture.result);
    this.update(id, { state: "done", result });
  }

  private present(id: number): Picture {
    const picture = this.find(id);
    if (!picture) throw new DOMException("removed", "AbortError");
    return picture;
  }

  /** Makes the plan, where there is none or it is of other settings. */
  private async look(id: number, signal: AbortSignal): Promise<void> {
    const picture = this.present(id);
    if (picture.found && !picture.stale) return;
    const fields = planFields(this.settings);
    const found = await this.ask(picture, fields, signal, [0, lookShare], planFor);
    signal.throwIfAborted();
    this.take(id, found, 0);
  }

  // A plan that was newly made, and what a person corrected in the one before it.
  private take(id: number, found: Plan, added: number): void {
    const { edits, found: before } = this.present(id);
    const plan = edits && before ? carriedOver(found, before, edits.present) : found;
    this.update(id, { found, edits: begin(plan), stale: false, added });
  }

  /** As the job of the program does it; `again` where that did not come to an end before. */
  private async resultInBatch(id: number, signal: AbortSignal, again: boolean): Promise<Result> {
    const file = await this.fileInBatch(id, signal, again);
    if (!isHidden(file)) throw new Problem(0, file.error ?? "", 0);
    const { found, stale } = this.present(id);
    if (!found || stale) {
      const plan = await planOf(file, signal);
      signal.throwIfAborted();
      this.take(id, plan, file.added ?? 0);
      this.note(id, file, JSON.stringify(plan.tracks));
    }
    return this.correctedInBatch(id, file, signal);
  }

  private async fileInBatch(id: number, signal: AbortSignal, again: boolean): Promise<JobFile> {
    const { remote, original } = this.present(id);
    const ask = this.askFor(id, signal);
    const known = remote && (await this.batch.settled(remote, ask).catch(unlessGone));
    if (remote && known && (!again || isHidden(known) || !original)) {
      this.note(id, known, remote.applied);
      return known;
    }
    if (!original) throw new Problem(0, "", 0);
    this.sendAnew(this.present(id));
    const sent = await this.batch.send(original, this.settings, ask);
    this.update(id, { remote: sent });
    const file = await this.batch.settled(sent, ask);
    this.note(id, file, "");
    return file;
  }

  private async correctedInBatch(id: number, file: JobFile, signal: AbortSignal): Promise<Result> {
    const picture = this.present(id);
    const { accepted, remote, original } = picture;
    const plan = this.planOf(picture);
    if (!plan || !remote) throw new Problem(0, "", 0);
    const tracks = JSON.stringify(plan.tracks);
    let now = file;
    if (tracks !== remote.applied || (accepted && file.withheld)) {
      const options = { accepted, language: this.language(), signal };
      now = await this.queue.run(() => correct(file, plan, options)).catch((error) => {
        // Its review is over, and the original was wiped; the page's own is sent once more.
        if (!(error instanceof Problem && error.status === 409 && original)) throw error;
        return this.correctedAnew(id, signal);
      });
      this.note(id, now, tracks);
    }
    const result = resultOf(now);
    if (!now.withheld) return result;
    this.update(id, { result });
    throw new Withheld("", now.findings ?? []);
  }

  private async correctedAnew(id: number, signal: AbortSignal): Promise<JobFile> {
    this.sendAnew(this.present(id));
    const file = await this.fileInBatch(id, signal, false);
    const plan = this.planOf(this.present(id));
    if (!plan || !isHidden(file)) throw new Problem(0, file.error ?? "", 0);
    const { accepted } = this.present(id);
    return correct(file, plan, { accepted, language: this.language(), signal });
  }

  private sendAnew(picture: Picture): void {
    this.batch.forget(picture);
    // The addresses of its result lead nowhere any longer.
    if (picture.remote) this.update(picture.id, { remote: null, result: null });
  }

  // How the picture stands in its job now.
  private note(id: number, file: JobFile, applied: string): void {
    const { remote } = this.present(id);
    if (remote) this.update(id, { remote: { ...remote, file, applied } });
  }

  private askFor(id: number, signal: AbortSignal) {
    const onProgress = (progress: Picture["progress"]) => this.update(id, { progress });
    return { language: this.language(), signal, onProgress };
  }

  /** Faces that only looking again finds join a plan that no person has touched. */
  private async checkedResult(id: number, signal: AbortSignal): Promise<Result> {
    for (let further = 0; ; further += 1) {
      try {
        return await this.resultFor(this.present(id), signal);
      } catch (error) {
        if (!(error instanceof Withheld)) throw error;
        if (further < furtherRoundsMax && this.addFound(id, error.findings)) continue;
        await this.showWithheld(id, signal);
        throw error;
      }
    }
  }

  /** The person who has to decide sees the picture; it is given to nobody. */
  private async showWithheld(id: number, signal: AbortSignal): Promise<void> {
    const picture = { ...this.present(id), accepted: true };
    const result = await this.resultFor(picture, signal, { second_look: "none" });
    signal.throwIfAborted();
    releaseResult(this.present(id).result);
    this.update(id, { result });
  }

  private addFound(id: number, findings: readonly Finding[]): boolean {
    const { found, edits, added } = this.present(id);
    const faces = facesIn(findings).length;
    if (!found || !edits || edits.past.length > 0 || faces === 0) return false;
    this.update(id, {
      found: withFaces(found, findings, this.settings),
      edits: begin(withFaces(edits.present, findings, this.settings)),
      added: added + faces,
    });
    return true;
  }

  private async resultFor(
    picture: Picture,
    signal: AbortSignal,
    more: Fields = {},
  ): Promise<Result> {
    const plan = this.planOf(picture);
    if (!plan) throw new Problem(0, "", 0);
    const fields = {
      ...applyFields(this.settings),
      ...(picture.accepted ? { accept_findings: "true" } : {}),
      // What a harder look finds is in the plan before a person corrects it; they should not wait
      // for that again at every step.
      ...(picture.edits?.past.length ? { second_look: "balanced" } : {}),
      ...more,
    };
    const apply = (further: Fields) =>
      this.ask(picture, { ...fields, ...further }, signal, [lookShare, 1], (request) =>
        applyPlan(plan, request),
      );
    const hidden: Hidden = await apply({});
    const { picture: file, ...facts } = hidden;
    const { faces } = facts;
    const fileName = resultName(picture.name, file.type, faces);
    const shown = await showableUrl(file);
    // A format that the browser cannot show is asked for once more as JPEG, only to be looked at.
    const asJpeg = { format: "jpeg", second_look: "none" };
    const shownUrl = shown ?? URL.createObjectURL((await apply(asJpeg)).picture);
    const fileUrl = shown ?? URL.createObjectURL(file);
    return { file, fileUrl, fileName, shownUrl, ...facts };
  }

  private ask<T>(
    { id, original }: Picture,
    fields: Fields,
    signal: AbortSignal,
    [from, to]: [number, number],
    send: (request: PictureRequest) => Promise<T>,
  ): Promise<T> {
    const language = this.language();
    const onProgress = ({ phase, share }: Picture["progress"]) =>
      this.update(id, { progress: { phase, share: from + (to - from) * share } });
    return retryWhileBusy(
      signal,
      () => onProgress(waiting),
      () => {
        if (!original) throw new Problem(0, "", 0);
        return send({ file: original, fields, language, signal, onProgress });
      },
    );
  }
}

function unlessGone(error: unknown): null {
  if (error instanceof Problem && error.status === 404) return null;
  throw error;
}

// What a job has made of a picture. Its addresses change with each correction, so that no browser
// shows an older one.
function resultOf(file: JobFile): Result {
  const revision = `?revision=${file.revision}`;
  const { result, preview = "" } = file.links;
  return {
    file: null,
    fileUrl: `${result ?? preview}${revision}`,
    fileName: file.result_name ?? file.name,
    shownUrl: `${preview}${revision}`,
    faces: file.faces ?? 0,
    width: file.width ?? 0,
    height: file.height ?? 0,
    notes: file.notes ?? [],
    secondLook: {
      checks: Object.fromEntries((file.checks ?? []).map((one) => [one.check, one.outcome])),
      findings: file.findings?.length ?? 0,
    },
  };
}

// See Picture.problem.
function sentenceOf(error: unknown): string | null {
  if (error instanceof NoAnswer) return null;
  return error instanceof Problem ? error.sentence : "";
}

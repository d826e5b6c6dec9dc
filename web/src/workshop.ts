// The pictures that are on the page, and the work on them. Originals stay here, as File objects;
// they go to the program on this computer and nowhere else. Each is looked at once (its plan), the
// plan is corrected by a person or not, and applied: the result is always the program's own.
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
import { retryWhileBusy } from "./patience";
import { newPicture, type Picture, releaseResult, type Result, waiting } from "./picture";
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
  private readonly settling = new Map<number, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly language: () => string,
    private readonly changed: () => void,
  ) {}

  add(files: readonly File[]): void {
    const added = files.map(newPicture);
    this.pictures = [...this.pictures, ...added];
    this.changed();
    for (const { id, original } of added) {
      void this.previews.run(() => this.showOriginal(id, original));
      void this.work(id);
    }
  }

  retry(id: number): void {
    void this.work(id);
  }

  /** So that the sentences of the failures come in the language that is spoken now, too. */
  retryFailed(includingCancelled = false): void {
    for (const { id, state, cancelled } of this.pictures)
      if (state === "failed" && (includingCancelled || !cancelled)) this.retry(id);
  }

  pause(paused: boolean): void {
    this.paused = paused;
    this.pace.forget();
    this.queue.hold(paused);
    this.changed();
  }

  /** Gives up whatever is not done yet. It stays in the list, to be tried again. */
  cancel(): void {
    for (const { id, state } of this.pictures) {
      if (state !== "working") continue;
      this.stop(id);
      this.update(id, { state: "failed", problem: "", cancelled: true });
    }
    this.pause(false);
  }

  remove(id: number): void {
    const picture = this.find(id);
    if (!picture) return;
    this.stop(id);
    this.pictures = this.pictures.filter((other) => other !== picture);
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
    for (const { id } of this.pictures) {
      // What was found with other settings is kept in `edits`, whose corrections are carried over.
      if (anew) this.update(id, { stale: true });
      this.workSoon(id);
    }
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
    const edits = this.find(id)?.edits;
    if (!edits) return;
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

  private async showOriginal(id: number, original: File): Promise<void> {
    if (!this.find(id)) return;
    const originalUrl = await showableUrl(original);
    if (this.find(id)) this.update(id, { originalUrl });
    else if (originalUrl) URL.revokeObjectURL(originalUrl);
  }

  private async work(id: number): Promise<void> {
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
      const result = await this.queue.run(async () => {
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
    const { edits, found: before } = this.find(id) ?? picture;
    const plan = edits && before ? carriedOver(found, before, edits.present) : found;
    this.update(id, { found, edits: begin(plan), stale: false, added: 0 });
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
    const fileName = resultName(picture.original.name, file.type, faces);
    const shown = await showableUrl(file);
    // A format that the browser cannot show is asked for once more as JPEG, only to be looked at.
    const asJpeg = { format: "jpeg", second_look: "none" };
    const shownUrl = shown ?? URL.createObjectURL((await apply(asJpeg)).picture);
    const fileUrl = shown ?? URL.createObjectURL(file);
    return { file, fileUrl, fileName, shownUrl, ...facts };
  }

  private ask<T>(
    { id, original: file }: Picture,
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
      () => send({ file, fields, language, signal, onProgress }),
    );
  }
}

// See Picture.problem.
function sentenceOf(error: unknown): string | null {
  if (error instanceof NoAnswer) return null;
  return error instanceof Problem ? error.sentence : "";
}

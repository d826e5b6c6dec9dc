// The pictures that are on the page, and the work on them. Originals stay here, as File objects;
// they go to the program on this computer and nowhere else.
import { hide, type Hidden, NoAnswer, Problem } from "./api";
import { showableUrl } from "./display";
import { resultName } from "./file_names";
import { retryWhileBusy } from "./patience";
import { newPicture, type Picture, releaseResult, type Result, waiting } from "./picture";
import { Queue } from "./queue";
import { defaultSettings, formFields, type Settings } from "./settings";

// Two at once keep the program busy while the other picture travels; more would only wait there.
const requestsAtOnce = 2;
// Each original is decoded to find out whether it can be shown: a whole folder of them at once
// would fill the memory.
const previewsAtOnce = 2;
// A slider that is being dragged should not start the work anew at every step.
const settleMs = 350;

export class Workshop {
  pictures: readonly Picture[] = [];
  settings: Settings = defaultSettings;

  private readonly queue = new Queue(requestsAtOnce);
  private readonly previews = new Queue(previewsAtOnce);
  private readonly running = new Map<number, AbortController>();
  private settleTimer: ReturnType<typeof setTimeout> | undefined;

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

  /** So that the sentences of the failures come in the language that is spoken now. */
  retryFailed(): void {
    for (const { id, state } of this.pictures) if (state === "failed") this.retry(id);
  }

  remove(id: number): void {
    const picture = this.find(id);
    if (!picture) return;
    this.running.get(id)?.abort();
    this.running.delete(id);
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
    // Results of the old settings may not be downloaded as if they were of the new ones.
    for (const { id } of this.pictures) {
      this.running.get(id)?.abort();
      this.update(id, { state: "working", progress: waiting });
    }
    clearTimeout(this.settleTimer);
    this.settleTimer = setTimeout(() => {
      for (const { id } of this.pictures) void this.work(id);
    }, settleMs);
    this.changed();
  }

  private find(id: number): Picture | undefined {
    return this.pictures.find((picture) => picture.id === id);
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
    const picture = this.find(id);
    if (!picture) return;
    this.running.get(id)?.abort();
    const controller = new AbortController();
    this.running.set(id, controller);
    this.update(id, { state: "working", progress: waiting, problem: null });
    try {
      const result = await this.queue.run(() => {
        controller.signal.throwIfAborted();
        return this.resultFor(picture, controller.signal);
      });
      this.settle(id, controller.signal, result);
    } catch (error) {
      if (controller.signal.aborted) return;
      this.update(id, { state: "failed", problem: sentenceOf(error) });
    }
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

  private async resultFor({ id, original }: Picture, signal: AbortSignal): Promise<Result> {
    const fields = formFields(this.settings);
    const hidden = await this.ask(id, original, fields, signal);
    const fileName = resultName(original.name, hidden.picture.type, hidden.faces);
    const shown = await showableUrl(hidden.picture);
    // A format that the browser cannot show is asked for once more as JPEG, only to be looked at.
    const shownUrl =
      shown ??
      URL.createObjectURL(
        (await this.ask(id, original, { ...fields, format: "jpeg" }, signal)).picture,
      );
    const { picture: file, faces, width, height } = hidden;
    const fileUrl = shown ?? URL.createObjectURL(file);
    return { file, fileUrl, fileName, shownUrl, faces, width, height };
  }

  private ask(
    id: number,
    file: File,
    fields: Record<string, string | File>,
    signal: AbortSignal,
  ): Promise<Hidden> {
    const language = this.language();
    const onProgress = (progress: Picture["progress"]) => this.update(id, { progress });
    return retryWhileBusy(
      signal,
      () => onProgress(waiting),
      () => hide({ file, fields, language, signal, onProgress }),
    );
  }
}

// See Picture.problem.
function sentenceOf(error: unknown): string | null {
  if (error instanceof NoAnswer) return null;
  return error instanceof Problem ? error.sentence : "";
}

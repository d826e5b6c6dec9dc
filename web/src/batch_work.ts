// The work on many pictures at once: a job of the program. They are sent one after the other, as
// fast as the program takes them; from then on neither the page nor its memory is needed for them.
import { NoAnswer, type PictureRequest, Problem } from "./api";
import { JobWatch } from "./job_watch";
import {
  addToJob,
  createJob,
  eraseFile,
  eraseJob,
  fileOf,
  isSettled,
  type JobFile,
  progressOf,
  type Remote,
  tellFile,
  tellJob,
} from "./jobs";
import { forgetJob, rememberJob } from "./own_jobs";
import { sleep } from "./patience";
import type { Picture } from "./picture";
import { Queue } from "./queue";
import type { Settings } from "./settings";

/** From so many pictures on the work is a job; fewer leave nothing behind in the program. */
export const batchMin = 10;

export interface Ask {
  readonly language: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Picture["progress"]) => void;
}

export class BatchWork {
  /** The job that takes what comes; null: a new one will be made. */
  job: string | null = null;

  private readonly sending = new Queue(1);
  private readonly watches = new Map<string, JobWatch>();
  /** What is about to be erased: of each job some files, or all of it. */
  private readonly leaving = new Map<string, readonly JobFile[] | "all">();
  /** The upload at hand, until it has come to an end of whatever kind. */
  private entering: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly pictures: () => readonly Picture[],
    private readonly onReviewClosed: (picture: Picture, remote: Remote) => void,
  ) {}

  hold(held: boolean): void {
    this.sending.hold(held);
    for (const job of this.jobs()) quietly(tellJob(job, held ? "pause" : "resume"));
  }

  /** Gives up what the program has not done yet. */
  cancel(): void {
    for (const job of this.jobs()) quietly(tellJob(job, "cancel"));
  }

  cancelOne({ remote }: Picture): void {
    if (remote) quietly(tellFile(remote.file, "cancel"));
  }

  /** Takes the picture out of its job, and the job away with the last one. */
  forget(picture: Picture): void {
    const { remote } = picture;
    if (!remote) return;
    const isLast = !this.pictures().some(
      (other) => other.id !== picture.id && other.remote?.job === remote.job,
    );
    if (!isLast || this.job === remote.job) this.erase(remote.job, remote.file);
    else this.forgetJob(remote.job);
  }

  /** What comes goes into a new job: other settings, or nothing is left. */
  close(): void {
    const { job } = this;
    this.job = null;
    if (job && !this.jobs().has(job)) this.forgetJob(job);
  }

  /** Sends an original; the file that it has become. */
  send(original: File, settings: Settings, ask: Ask): Promise<Remote> {
    return this.sending.run(async () => {
      ask.signal.throwIfAborted();
      // Once begun it is not broken off: the program might have taken it all the same.
      const signal = new AbortController().signal;
      const request = { file: original, fields: {}, ...ask, signal };
      const remote = this.patiently(ask, () => this.enter(request, settings, ask.signal));
      this.entering = remote.catch(() => undefined);
      return remote;
    });
  }

  /** The file when nothing of it is left to do for the program. */
  async settled({ job, file }: Remote, ask: Ask): Promise<JobFile> {
    const { language, signal, onProgress } = ask;
    const now = await fileOf(file.links.self, language, signal);
    if (isSettled(now)) return now;
    await this.watch(job).settled(file.id, signal, (at) => onProgress(progressOf(at)));
    return fileOf(file.links.self, language, signal);
  }

  private jobs(): Set<string> {
    const jobs = this.pictures().flatMap(({ remote }) => (remote ? [remote.job] : []));
    return new Set(jobs);
  }

  private forgetJob(job: string): void {
    forgetJob(job);
    this.watches.delete(job);
    if (this.job === job) this.job = null;
    this.erase(job, "all");
  }

  // All that is to go by the same doing of the person goes together: nothing is asked of a job that
  // has just been erased.
  private erase(job: string, what: JobFile | "all"): void {
    if (this.leaving.size === 0) queueMicrotask(() => void this.eraseNow());
    const before = this.leaving.get(job) ?? [];
    this.leaving.set(job, what === "all" || before === "all" ? "all" : [...before, what]);
  }

  private async eraseNow(): Promise<void> {
    await this.entering;
    const leaving = [...this.leaving];
    this.leaving.clear();
    for (const [job, files] of leaving) {
      if (files === "all") quietly(eraseJob(job));
      else for (const file of files) quietly(eraseFile(file));
    }
  }

  private watch(job: string): JobWatch {
    const watch = this.watches.get(job) ?? new JobWatch(job);
    this.watches.set(job, watch);
    return watch;
  }

  private closeReview(picture: Picture): void {
    const { remote, original, state } = picture;
    if (!remote?.file.original_kept || !original || state !== "done") return;
    quietly(tellFile(remote.file, "close"));
    this.onReviewClosed(picture, { ...remote, file: { ...remote.file, original_kept: false } });
  }

  private async enter(
    request: PictureRequest,
    settings: Settings,
    wanted: AbortSignal,
  ): Promise<Remote> {
    const known = this.job;
    const answer = known
      ? await addToJob(known, request).catch(unlessClosed)
      : await createJob(settings, request);
    if (!answer) {
      this.job = null;
      wanted.throwIfAborted();
      return this.enter(request, settings, wanted);
    }
    const file = answer.files.at(-1);
    if (!file) throw new NoAnswer();
    if (wanted.aborted) {
      // Its settings may be others by now: what follows must not go where it went.
      if (!known) quietly(eraseJob(answer.id));
      else this.erase(known, file);
      throw wanted.reason;
    }
    if (!known) rememberJob(answer.id, settings);
    this.job = answer.id;
    return { job: answer.id, file, applied: "" };
  }

  // While the program's memory is full of originals, the next one waits. Those whose work is done
  // are there to be corrected: the page still has them, and sends one again where that is wanted.
  private async patiently<T>({ signal, onProgress }: Ask, send: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await send();
      } catch (error) {
        const full = error instanceof Problem && [429, 503].includes(error.status);
        if (!full) throw error;
        onProgress({ phase: "waiting", share: 0 });
        this.pictures().forEach((picture) => this.closeReview(picture));
        await sleep(Math.max(error.retryAfterMs, 200), signal);
      }
    }
  }
}

// After a restart the program has a job's results, but takes nothing more into it.
function unlessClosed(error: unknown): null {
  if (error instanceof Problem && [404, 409].includes(error.status)) return null;
  throw error;
}

// What is gone already, or will go by itself in time, is nobody's problem.
function quietly(work: Promise<void>): void {
  work.catch(() => undefined);
}

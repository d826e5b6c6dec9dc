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
    if (!isLast || this.job === remote.job) quietly(eraseFile(remote.file));
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
      const remote = await this.patiently(ask, () => this.enter(request, settings));
      if (!ask.signal.aborted) return remote;
      quietly(eraseFile(remote.file));
      throw ask.signal.reason;
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
    quietly(eraseJob(job));
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

  private async enter(request: PictureRequest, settings: Settings): Promise<Remote> {
    const known = this.job;
    const answer = known
      ? await addToJob(known, request).catch(unlessClosed)
      : await createJob(settings, request);
    if (!answer) {
      this.job = null;
      return this.enter(request, settings);
    }
    if (!known) rememberJob(answer.id, settings);
    this.job = answer.id;
    const file = answer.files.at(-1);
    if (!file) throw new NoAnswer();
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

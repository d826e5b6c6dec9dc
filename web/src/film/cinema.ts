// The films that are on the page, and the work on them. They are too large to be kept in a browser:
// the program holds each while it is worked on and reviewed, and shows single pictures of it.
import { NoAnswer, Problem } from "../api";
import { begin, type History, redo, step, undo } from "../history";
import type { Plan } from "../plan";
import { Queue } from "../queue";
import type { Settings } from "../settings";
import * as api from "./film_api";
import { forgetFilm, rememberFilm } from "./own_films";

export type FilmState = "sending" | "working" | "ready" | "failed";

export interface Film {
  readonly id: number;
  readonly name: string;
  /** Null where it came with an earlier page: only the program may still have it. */
  readonly file: File | null;
  readonly state: FilmState;
  /** 0..1 of what has been sent. */
  readonly sent: number;
  /** As the program last said it; null before it has the film. */
  readonly job: api.FilmJob | null;
  /** The plan with the person's corrections; null until faces have been looked for. */
  readonly edits: History<Plan> | null;
  /** Goes up whenever the program has stored the plan: then its pictures are new. */
  readonly stored: number;
  /** Of the plan, when it last came from the program or went there. */
  readonly revision: number;
  /** The ids of the tracks that the program knows. */
  readonly known: ReadonlySet<number>;
  /** Why it failed, in a sentence; empty if nobody said; null if the program did not answer. */
  readonly problem: string | null;
}

const lookEveryMs = 400;
// A box that is being moved by keys is not stored at every step.
const settleMs = 250;
const filmNames = /\.(mp4|m4v|mov|mkv|webm|avi|ts|m2ts|mts|mpg|mpeg|3gp|wmv|flv|ogv)$/i;

export const isFilm = (file: File): boolean =>
  file.type.startsWith("video/") || filmNames.test(file.name);

/** By the name of what it is or becomes: a GIF or WebP of several pictures, which stays one. */
export const isAnimation = (name: string | undefined): boolean =>
  /\.(gif|webp)$/i.test(name ?? "");

/** Its review is open: the program has the original, and takes corrections. */
export const isCorrectable = ({ job }: Film): boolean =>
  job !== null && ["queued", "running", "review"].includes(job.state);

/** The result is of the plan as it stands. */
export const isUpToDate = ({ job, state }: Film): boolean =>
  state === "ready" && job?.result_revision !== undefined && job.result_revision === job.revision;

const idsOf = (plan: Plan): ReadonlySet<number> => new Set(plan.tracks.map(({ id }) => id));

let lastId = 0;

export class Cinema {
  films: readonly Film[] = [];
  sound: api.Sound = { mode: "keep", copyClean: false };

  private readonly queue = new Queue(1); // Of uploads.
  private readonly running = new Map<number, AbortController>();
  private readonly settling = new Map<number, ReturnType<typeof setTimeout>>();
  private readonly storing = new Map<number, Promise<void>>();

  constructor(
    private readonly language: () => string,
    private readonly settings: () => Settings,
    private readonly changed: () => void,
  ) {}

  find(id: number): Film | undefined {
    return this.films.find((film) => film.id === id);
  }

  add(files: readonly File[]): void {
    for (const file of files) {
      lastId += 1;
      const id = lastId;
      const fresh = { sent: 0, job: null, edits: null, stored: 0, revision: 0, problem: "" };
      const known = new Set<number>();
      const { name } = file;
      this.films = [...this.films, { id, name, file, state: "sending", known, ...fresh }];
      void this.queue.run(() => this.attempt(id, () => this.takeIn(id, file)));
    }
    this.changed();
  }

  /** Takes up the film of an earlier page. */
  takeUp(job: api.FilmJob): void {
    lastId += 1;
    const id = lastId;
    const fresh = { sent: 1, edits: null, stored: 0, revision: 0, problem: "", known: new Set<number>() };
    this.films = [...this.films, { id, name: job.name, file: null, state: "working", job, ...fresh }];
    void this.attempt(id, async () => void (await this.watch(id, job)));
    this.changed();
  }

  chooseSound(change: Partial<api.Sound>): void {
    this.sound = { ...this.sound, ...change };
    this.changed();
  }

  retry(id: number): void {
    const film = this.find(id);
    if (!film) return;
    void this.attempt(id, async () => {
      const { job, file } = film;
      // The program may only not have answered for a while, and still have it.
      const now = job && (await api.filmJob(job.id, this.language()).catch(unlessGone));
      if (now && !api.isLost(now)) return void (await this.watch(id, now));
      if (!file) return;
      if (job) this.forget(job.id);
      this.update(id, { state: "sending", sent: 0, problem: "", job: null, edits: null });
      await this.queue.run(() => this.takeIn(id, file));
    });
  }

  /** Ends the work at hand. A film whose faces are found stays, with its plan. */
  cancel(id: number): void {
    const job = this.find(id)?.job;
    if (job) void this.attempt(id, async () => void (await api.cancelFilm(job.id, this.language())));
    else this.remove(id);
  }

  remove(id: number): void {
    const job = this.find(id)?.job;
    this.running.get(id)?.abort();
    this.running.delete(id);
    clearTimeout(this.settling.get(id));
    this.films = this.films.filter((film) => film.id !== id);
    this.changed();
    if (job) this.forget(job.id);
  }

  private forget(job: string): void {
    forgetFilm(job);
    void api.eraseFilm(job, this.language()).catch(() => undefined);
  }

  edit(id: number, change: (plan: Plan) => Plan): void {
    this.editHistory(id, (edits) => {
      const after = change(edits.present);
      return after === edits.present ? edits : step(edits, after);
    });
  }

  undo(id: number): void {
    this.editHistory(id, undo);
  }

  redo(id: number): void {
    this.editHistory(id, redo);
  }

  /** Hides what the plan says now. */
  apply(id: number): void {
    void this.attempt(id, async () => {
      clearTimeout(this.settling.get(id));
      if (this.settling.delete(id)) this.store(id);
      await this.storing.get(id);
      const job = this.find(id)?.job;
      if (job) await this.watch(id, await api.applyFilm(job.id, this.language()));
    });
  }

  private async takeIn(id: number, file: File): Promise<void> {
    const controller = new AbortController();
    this.running.set(id, controller);
    const job = await api.sendFilm({
      file,
      settings: this.settings(),
      sound: this.sound,
      language: this.language(),
      signal: controller.signal,
      onSent: (sent) => this.update(id, { sent }),
    });
    if (!this.find(id)) return api.eraseFilm(job.id, this.language());
    rememberFilm(job.id);
    await this.watch(id, job);
  }

  /** Looks at the job until nothing of it is left to do but a person's part. */
  private async watch(id: number, job: api.FilmJob): Promise<api.FilmJob> {
    let now = job;
    this.update(id, { job: now, state: "working" });
    while (now.state === "queued" || now.state === "running") {
      await this.takePlan(id, now);
      await new Promise((go) => setTimeout(go, lookEveryMs));
      if (!this.find(id)) return now;
      now = await api.filmJob(job.id, this.language());
      this.update(id, { job: now });
    }
    const failed = api.isLost(now);
    if (!failed) await this.takePlan(id, now);
    this.update(id, { job: now, state: failed ? "failed" : "ready", problem: now.error ?? "" });
    return now;
  }

  /** The plan as the program made it, once it is there; while it is hidden it can be looked at. */
  private async takePlan(id: number, { id: job, links, revision }: api.FilmJob): Promise<void> {
    const film = this.find(id);
    // Looking again may have found more, as long as no person has corrected anything.
    const untouched = film?.edits?.past.length === 0 && film.edits.future.length === 0;
    const isNew = !film?.edits || (untouched && revision !== film.revision);
    if (!film || !links.plan || !isNew) return;
    const plan = await api.filmPlan(job, this.language());
    if (this.find(id)?.edits !== film.edits) return;
    this.update(id, { edits: begin(plan), known: idsOf(plan), revision });
  }

  private editHistory(id: number, change: (edits: History<Plan>) => History<Plan>): void {
    const edits = this.find(id)?.edits;
    const after = edits && change(edits);
    if (!after || after === edits) return;
    this.update(id, { edits: after });
    clearTimeout(this.settling.get(id));
    const settled = () => {
      this.settling.delete(id);
      this.store(id);
    };
    this.settling.set(id, setTimeout(settled, settleMs));
  }

  // One after the other: the last one is the plan as it stands.
  private store(id: number): void {
    const before = this.storing.get(id) ?? Promise.resolve();
    this.storing.set(
      id,
      before.then(() => this.attempt(id, () => this.storeNow(id))),
    );
  }

  private async storeNow(id: number): Promise<void> {
    const film = this.find(id);
    if (!film?.job || !film.edits) return;
    // What is being hidden is of an older plan.
    if (film.state === "working") {
      await api.cancelFilm(film.job.id, this.language());
      while (this.find(id)?.state === "working")
        await new Promise((go) => setTimeout(go, lookEveryMs));
    }
    const plan = this.find(id)?.edits?.present;
    if (!plan) return;
    const job = await api.storePlan(film.job.id, plan, this.language());
    const stored = (this.find(id)?.stored ?? 0) + 1;
    this.update(id, { job, known: idsOf(plan), stored, revision: job.revision });
  }

  private async attempt(id: number, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.find(id)) return;
      const problem =
        error instanceof Problem ? error.sentence : error instanceof NoAnswer ? null : "";
      this.update(id, { state: "failed", problem });
    }
  }

  private update(id: number, change: Partial<Film>): void {
    this.films = this.films.map((film) => (film.id === id ? { ...film, ...change } : film));
    this.changed();
  }
}

function unlessGone(error: unknown): null {
  if (error instanceof Problem && error.status === 404) return null;
  throw error;
}

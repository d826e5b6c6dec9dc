// The jobs that this browser has begun. Their ids, which nobody can guess, are the only way to them:
// they stay in the browser's own store, so that a page that is opened again finds what is done.
import { type Job, jobOf } from "./jobs";
import { defaultSettings, type Settings } from "./settings";

const key = "faceveil.jobs";
const rememberedMax = 20;

export interface OwnJob {
  readonly id: string;
  /** How its pictures are hidden. The cover is a file, and went with the page. */
  readonly settings: Settings;
}

function read(): OwnJob[] {
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? "[]") as Partial<OwnJob>[];
    return stored.flatMap(({ id, settings }) =>
      typeof id === "string"
        ? [{ id, settings: { ...defaultSettings, ...settings, cover: null } }]
        : [],
    );
  } catch {
    return [];
  }
}

// A browser that stores nothing only forgets.
function write(jobs: readonly OwnJob[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(jobs.slice(-rememberedMax)));
  } catch {
    // See above.
  }
}

export function rememberJob(id: string, settings: Settings): void {
  write([...read(), { id, settings: { ...settings, cover: null } }]);
}

export function forgetJob(id: string): void {
  write(read().filter((job) => job.id !== id));
}

/** Those that the program still has, the newest first. */
export async function jobsFromBefore(language: string): Promise<{ own: OwnJob; job: Job }[]> {
  const found = [];
  for (const own of read().reverse()) {
    const job = await jobOf(own.id, language);
    if (job && job.files.length > 0) found.push({ own, job });
    else forgetJob(own.id);
  }
  return found;
}

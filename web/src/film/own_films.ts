// The films' jobs that this browser has begun: as own_jobs.ts, for films.
import { filmJob, type FilmJob } from "./film_api";
import { Problem } from "../api";

const key = "faceveil.films";
const rememberedMax = 20;

function read(): string[] {
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? "[]") as unknown[];
    return stored.filter((id) => typeof id === "string");
  } catch {
    return [];
  }
}

// A browser that stores nothing only forgets.
function write(ids: readonly string[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(ids.slice(-rememberedMax)));
  } catch {
    // See above.
  }
}

export function rememberFilm(id: string): void {
  write([...read(), id]);
}

export function forgetFilm(id: string): void {
  write(read().filter((one) => one !== id));
}

/** Those that the program still has, the newest first. */
export async function filmsFromBefore(language: string): Promise<FilmJob[]> {
  const found = [];
  for (const id of read().reverse()) {
    try {
      found.push(await filmJob(id, language));
    } catch (error) {
      if (error instanceof Problem && error.status === 404) forgetFilm(id);
      else throw error;
    }
  }
  return found;
}

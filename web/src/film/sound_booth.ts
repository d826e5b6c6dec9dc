// The sound files that are on the page, and the work on them: each goes to the program and comes back
// with its voices changed, in one answer.
import { NoAnswer, Problem } from "../api";
import { Queue } from "../queue";
import { type ChangedSound, changeVoices } from "./film_api";
import type { VoiceMode } from "./sound";

export interface SoundFile {
  readonly id: number;
  readonly file: File;
  readonly mode: VoiceMode;
  readonly state: "waiting" | "working" | "ready" | "failed";
  /** Of the mode as it stands. */
  readonly result: (ChangedSound & { readonly url: string }) | null;
  /** As a film's. */
  readonly problem: string | null;
}

const soundNames = /\.(wav|flac|mp3|m4a|ogg|oga|opus)$/i;

export const isSound = (file: File): boolean =>
  file.type.startsWith("audio/") || soundNames.test(file.name);

let lastId = 0;

export class SoundBooth {
  sounds: readonly SoundFile[] = [];

  private readonly queue = new Queue(1);
  private readonly running = new Map<number, AbortController>();

  constructor(
    private readonly language: () => string,
    private readonly changed: () => void,
  ) {}

  add(files: readonly File[]): void {
    for (const file of files) {
      lastId += 1;
      const fresh = { mode: "robot" as const, state: "waiting" as const, result: null, problem: "" };
      this.sounds = [...this.sounds, { id: lastId, file, ...fresh }];
    }
    this.changed();
  }

  choose(id: number, mode: VoiceMode): void {
    this.running.get(id)?.abort();
    this.update(id, { mode, state: "waiting", problem: "" });
  }

  remove(id: number): void {
    this.running.get(id)?.abort();
    this.update(id, {});
    this.sounds = this.sounds.filter((sound) => sound.id !== id);
    this.changed();
  }

  /** Changes the voices as is chosen now. */
  change(id: number): void {
    const controller = new AbortController();
    const { signal } = controller;
    this.running.set(id, controller);
    this.update(id, { state: "working", problem: "" });
    void this.queue.run(async () => {
      const sound = this.sounds.find((one) => one.id === id);
      if (!sound || signal.aborted) return;
      try {
        const result = await changeVoices(sound.file, sound.mode, this.language(), signal);
        const url = URL.createObjectURL(result.sound);
        this.update(id, { state: "ready", result: { ...result, url } });
      } catch (error) {
        if (signal.aborted) return;
        const problem =
          error instanceof Problem ? error.sentence : error instanceof NoAnswer ? null : "";
        this.update(id, { state: "failed", problem });
      }
    });
  }

  // An earlier result is of another choice.
  private update(id: number, change: Partial<SoundFile>): void {
    this.sounds = this.sounds.map((sound) => {
      if (sound.id !== id) return sound;
      if (sound.result) URL.revokeObjectURL(sound.result.url);
      return { ...sound, result: null, ...change };
    });
    this.changed();
  }
}

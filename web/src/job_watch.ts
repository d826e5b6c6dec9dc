// Listens to what becomes of the pictures of one job, for those who wait for one of them.
import { NoAnswer } from "./api";
import { eventsOf, isSettled, type Job, type JobFile } from "./jobs";

interface Waiter {
  readonly onChange: (file: JobFile) => void;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

export class JobWatch {
  private events: EventSource | null = null;
  private readonly waiters = new Map<string, Waiter>();

  constructor(private readonly job: string) {}

  /** Resolves when nothing of the picture is left to do for the program. */
  settled(file: string, signal: AbortSignal, onChange: (file: JobFile) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = () => {
        this.waiters.delete(file);
        if (this.waiters.size === 0) this.close();
      };
      this.waiters.set(file, {
        onChange,
        resolve: () => {
          end();
          resolve();
        },
        reject: (reason) => {
          end();
          reject(reason);
        },
      });
      signal.addEventListener("abort", () => this.waiters.get(file)?.reject(signal.reason), {
        once: true,
      });
      if (!this.events) this.listen();
    });
  }

  private listen(): void {
    const events = eventsOf(this.job);
    this.events = events;
    const all = (event: MessageEvent<string>) =>
      (JSON.parse(event.data) as Job).files.forEach((file) => this.hear(file));
    events.addEventListener("job", all);
    events.addEventListener("file", (event) => this.hear(JSON.parse(event.data) as JobFile));
    events.addEventListener("end", (event) => {
      this.close();
      all(event);
      // Pictures that were added as it ended.
      if (this.waiters.size > 0 && !this.events) this.listen();
    });
    events.onerror = () => {
      this.close();
      for (const waiter of [...this.waiters.values()]) waiter.reject(new NoAnswer());
    };
  }

  private hear(file: JobFile): void {
    const waiter = this.waiters.get(file.id);
    if (isSettled(file)) waiter?.resolve();
    else waiter?.onChange(file);
  }

  private close(): void {
    this.events?.close();
    this.events = null;
  }
}

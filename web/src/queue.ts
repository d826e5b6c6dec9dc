// Lets a few things happen at once and the others wait in line; the line can be held.

export class Queue {
  private running = 0;
  private held = false;
  private readonly line: (() => void)[] = [];

  constructor(private readonly limit: number) {}

  /** Runs `work` when there is room. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      this.line.push(enter);
      this.admit();
    });
    try {
      return await work();
    } finally {
      this.running -= 1;
      this.admit();
    }
  }

  /** What runs goes on; nothing new begins until it is let go. */
  hold(held: boolean): void {
    this.held = held;
    this.admit();
  }

  private admit(): void {
    while (!this.held && this.running < this.limit) {
      const enter = this.line.shift();
      if (!enter) return;
      this.running += 1;
      enter();
    }
  }
}

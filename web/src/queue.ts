// Lets a few things happen at once and the others wait in line.

export class Queue {
  private running = 0;
  private readonly line: (() => void)[] = [];

  constructor(private readonly limit: number) {}

  /** Runs `work` when there is room. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private enter(): Promise<void> {
    if (this.running < this.limit) {
      this.running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.line.push(resolve));
  }

  // The place is handed to the next in line, so that no newcomer can slip between.
  private leave(): void {
    const next = this.line.shift();
    if (next) next();
    else this.running -= 1;
  }
}

// Where a batch stands: how many are done, how fast it goes, how long it will still take.
import type { Picture } from "./picture";

export interface BatchState {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly open: number;
  /** Pictures a minute, over the last ones; 0 where too few are done to say. */
  readonly perMinute: number;
  /** Seconds to the end; null where nobody can say. */
  readonly secondsLeft: number | null;
}

const remembered = 40;

export class Pace {
  private times: number[] = [];

  constructor(private readonly now: () => number = () => performance.now()) {}

  note(): void {
    this.times = [...this.times, this.now()].slice(-remembered);
  }

  /** A pause is not slowness. */
  forget(): void {
    this.times = [];
  }

  perMinute(): number {
    const [first] = this.times;
    if (first === undefined || this.times.length < 3) return 0;
    const minutes = (this.now() - first) / 60_000;
    return minutes > 0 ? (this.times.length - 1) / minutes : 0;
  }
}

export function batchState(pictures: readonly Picture[], pace: Pace): BatchState {
  const count = (state: Picture["state"]) => pictures.filter((one) => one.state === state).length;
  const open = count("working");
  const perMinute = pace.perMinute();
  return {
    total: pictures.length,
    done: count("done"),
    failed: count("failed"),
    open,
    perMinute,
    secondsLeft: perMinute > 0 && open > 0 ? Math.ceil((60 * open) / perMinute) : null,
  };
}

// Waits and asks again while the server says that it is busy (503 with Retry-After).
import { Problem } from "./api";

// A busy server frees a place within seconds; after this long something else is wrong.
const giveUpAfterMs = 120_000;

export async function retryWhileBusy<T>(
  signal: AbortSignal,
  onWaiting: () => void,
  work: () => Promise<T>,
): Promise<T> {
  const start = performance.now();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const busy = error instanceof Problem && error.status === 503;
      if (!busy || performance.now() - start > giveUpAfterMs) throw error;
      onWaiting();
      await sleep(Math.max(error.retryAfterMs, 200), signal);
    }
  }
}

export function sleep(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, durationMs);
    const giveUp = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp, { once: true });
  });
}

// Where the whole batch stands, and what can be done with it.
import { useEffect, useState } from "preact/hooks";
import { batchState } from "../batch";
import { canRetry } from "../picture";
import { useWords } from "../words";
import type { Workshop } from "../workshop";

export function BatchBar({ workshop }: { workshop: Workshop }) {
  const words = useWords();
  const { pictures } = workshop;
  const { total, done, failed, open, perMinute, secondsLeft } = batchState(pictures, workshop.pace);
  useTicking(open > 0);
  const inBatch = pictures.some(({ remote }) => remote);
  if (total < 2 || (open === 0 && failed === 0 && !inBatch)) return null;
  const retryable = pictures.filter(canRetry).length;
  const percent = Math.round((100 * (total - open)) / total);
  const facts = [
    words.batchOf(done, total),
    failed > 0 ? words.notDoneCount(failed) : "",
    workshop.paused ? words.batchPaused : "",
    !workshop.paused && open > 0 && perMinute > 0 ? words.batchRate(Math.round(perMinute)) : "",
    !workshop.paused && secondsLeft !== null ? words.batchLeft(secondsLeft) : "",
  ].filter(Boolean);
  return (
    <section class="batch" aria-label={words.batchTitle}>
      <p class="batch-facts">{facts.join(" · ")}</p>
      {open > 0 && (
        <div
          class="batch-track"
          role="progressbar"
          aria-label={words.batchTitle}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          aria-valuetext={words.batchOf(total - open, total)}
        >
          <div class="batch-fill" style={{ "--done": `${percent}%` }} />
        </div>
      )}
      <div class="batch-actions">
        {open > 0 && (
          <>
            <button
              type="button"
              class="button button--small"
              onClick={() => workshop.pause(!workshop.paused)}
            >
              {workshop.paused ? words.resume : words.pause}
            </button>
            <button type="button" class="button button--small" onClick={() => workshop.cancel()}>
              {words.cancelRest}
            </button>
          </>
        )}
        {retryable > 0 && (
          <button
            type="button"
            class="button button--small"
            onClick={() => workshop.retryFailed()}
          >
            {words.retryAll(retryable)}
          </button>
        )}
      </div>
      {inBatch && <p class="control-hint">{words.batchKept}</p>}
    </section>
  );
}

// So that the time that is left runs on between two pictures.
function useTicking(on: boolean): void {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!on) return undefined;
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, [on]);
}

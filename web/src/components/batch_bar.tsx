// Where the whole batch stands, and what can be done with it.
import { useEffect, useState } from "preact/hooks";
import { batchState } from "../batch";
import { useWords } from "../words";
import type { Workshop } from "../workshop";

export function BatchBar({ workshop }: { workshop: Workshop }) {
  const words = useWords();
  const { total, done, failed, open, perMinute, secondsLeft } = batchState(
    workshop.pictures,
    workshop.pace,
  );
  useTicking(open > 0);
  if (total < 2 || (open === 0 && failed === 0)) return null;
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
        <div class="batch-track">
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
        {failed > 0 && (
          <button
            type="button"
            class="button button--small"
            onClick={() => workshop.retryFailed(true)}
          >
            {words.retryAll(failed)}
          </button>
        )}
      </div>
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

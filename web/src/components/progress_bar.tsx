// How far a request is. While the program works there is nothing to measure; the bar then moves by
// itself (style sheet), but its value stays true.
import type { Progress } from "../api";

export function ProgressBar({ label, progress }: { label: string; progress: Progress }) {
  const percent = Math.round(100 * progress.share);
  return (
    <div
      class={`progress progress--${progress.phase}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div class="progress-fill" style={{ "--done": `${percent}%` }} />
    </div>
  );
}

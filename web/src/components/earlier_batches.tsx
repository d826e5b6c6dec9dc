// Batches of an earlier page, or of one that was reloaded: the program still has what is done.
import { useEffect, useState } from "preact/hooks";
import { eraseJob, type Job, zipAddress } from "../jobs";
import { forgetJob, jobsFromBefore, type OwnJob } from "../own_jobs";
import { useWords } from "../words";
import { DownloadIcon } from "./icons";

interface EarlierBatchesProps {
  onOpen: (own: OwnJob, job: Job) => void;
}

export function EarlierBatches({ onOpen }: EarlierBatchesProps) {
  const words = useWords();
  const [found, setFound] = useState<readonly { own: OwnJob; job: Job }[]>([]);
  useEffect(() => {
    // A page without this list works just as well.
    jobsFromBefore(document.documentElement.lang).then(setFound, () => undefined);
  }, [words]);
  const remove = async (id: string) => {
    await eraseJob(id).catch(() => undefined);
    forgetJob(id);
    setFound((before) => before.filter(({ own }) => own.id !== id));
  };
  if (found.length === 0) return null;
  return (
    <section class="earlier" aria-labelledby="earlier-title">
      <h2 class="earlier-title" id="earlier-title">
        {words.earlierTitle}
      </h2>
      <p class="control-hint">{words.earlierLead}</p>
      <ul class="earlier-list">
        {found.map(({ own, job }) => (
          <EarlierBatch
            key={own.id}
            job={job}
            onOpen={() => onOpen(own, job)}
            onRemove={() => void remove(own.id)}
          />
        ))}
      </ul>
    </section>
  );
}

interface EarlierBatchProps {
  job: Job;
  onOpen: () => void;
  onRemove: () => void;
}

function EarlierBatch({ job, onOpen, onRemove }: EarlierBatchProps) {
  const words = useWords();
  const { total, done, failed } = job.progress;
  const name = words.earlierFacts(total, done - failed, failed);
  const until = job.expires ? words.earlierUntil(new Date(job.expires)) : "";
  return (
    <li class="earlier-batch">
      <p class="batch-facts">{[name, until].filter(Boolean).join(" · ")}</p>
      <div class="batch-actions">
        <button
          type="button"
          class="button button--small button--primary"
          aria-label={`${words.earlierOpen}: ${name}`}
          onClick={onOpen}
        >
          {words.earlierOpen}
        </button>
        {done === total && (
          <a
            class="button button--small"
            href={zipAddress(job.id, document.documentElement.lang)}
            download="faceveil.zip"
            aria-label={`${words.earlierDownload}: ${name}`}
          >
            <DownloadIcon /> {words.earlierDownload}
          </a>
        )}
        <button
          type="button"
          class="button button--small button--quiet"
          aria-label={`${words.earlierDelete}: ${name}`}
          onClick={onRemove}
        >
          {words.earlierDelete}
        </button>
      </div>
    </li>
  );
}

// Batches of an earlier page, or of one that was reloaded: the program still has what is done.
import { useEffect, useState } from "preact/hooks";
import { eraseJob, type Job, zipAddress } from "../jobs";
import { forgetJob, jobsFromBefore, type OwnJob } from "../own_jobs";
import { useWords } from "../words";
import { EarlierItem, EarlierList } from "./earlier_list";

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
    <EarlierList titleId="earlier-title" title={words.earlierTitle} lead={words.earlierLead}>
      {found.map(({ own, job }) => (
        <EarlierBatch
          key={own.id}
          job={job}
          onOpen={() => onOpen(own, job)}
          onRemove={() => void remove(own.id)}
        />
      ))}
    </EarlierList>
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
  const href = zipAddress(job.id, document.documentElement.lang);
  const zip = { href, file: "faceveil.zip", label: words.earlierDownload };
  return (
    <EarlierItem
      name={name}
      facts={[name, until]}
      onOpen={onOpen}
      result={done === total ? zip : null}
      onRemove={onRemove}
    />
  );
}

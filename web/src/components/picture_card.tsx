// One picture: what is seen of it, what has become of it, and what can be done with it.
import { useEffect, useRef } from "preact/hooks";
import { useNear } from "../hooks";
import { outcome } from "../messages";
import { canRetry, isCorrectable, type Picture, type Result } from "../picture";
import { useWords } from "../words";
import { CardHead } from "./card_head";
import { Comparison } from "./comparison";
import { problemSentence } from "./download_all";
import { CheckIcon, DownloadIcon, EyeIcon, WarningIcon } from "./icons";
import { ProgressBar } from "./progress_bar";
import { WithheldChoice } from "./withheld_choice";

export interface PictureCardProps {
  picture: Picture;
  canLookHarder: boolean;
  onLookHarder: () => void;
  onReview: () => void;
  onRetry: () => void;
  onCancel: () => void;
  /** It is about to be seen. */
  onNear: () => void;
  onHideFound: () => void;
  onAccept: () => void;
  onRemove: () => void;
}

export function PictureCard(props: PictureCardProps) {
  const { picture, onRemove } = props;
  const { name } = picture;
  return (
    <li class={`card card--${picture.state}`} aria-busy={picture.state === "working"}>
      <CardHead name={name} onRemove={onRemove} />
      {picture.state !== "failed" && <Stage {...props} />}
      {picture.state === "working" && <Working {...props} />}
      {picture.state === "failed" && <Undone {...props} />}
      {picture.state === "done" && picture.result && <Done {...props} result={picture.result} />}
    </li>
  );
}

// The browser has to hold no pictures but those that are seen, or soon will be.
function Stage({ picture, onNear }: PictureCardProps) {
  const frame = useRef<HTMLDivElement>(null);
  const near = useNear(frame);
  useEffect(() => {
    if (near) onNear();
  }, [near]);
  const { name, result } = picture;
  const ratio = result && { "--ratio": String(result.width / result.height || 4 / 3) };
  return (
    <div ref={frame}>
      {near && result ? (
        <Comparison picture={picture} result={result} />
      ) : (
        <div class="stage stage--waiting" style={ratio ?? {}}>
          {near && picture.originalUrl && <WaitingOriginal url={picture.originalUrl} name={name} />}
        </div>
      )}
    </div>
  );
}

function WaitingOriginal({ url, name }: { url: string; name: string }) {
  const words = useWords();
  return (
    <img class="stage-preview" src={url} decoding="async" alt={words.originalOf(name)} />
  );
}

function Working({ picture: { name, progress }, onCancel }: PictureCardProps) {
  const words = useWords();
  const steps = {
    waiting: words.waitingTurn,
    sending: words.sending,
    processing: words.hiding,
    receiving: words.receiving,
  };
  return (
    <div class="card-foot card-foot--column">
      <p class="status">
        <strong>{words.processing}</strong> <span class="status-step">{steps[progress.phase]}</span>
      </p>
      <ProgressBar label={words.progressOf(name)} progress={progress} />
      <button
        type="button"
        class="button button--small button--quiet"
        aria-label={words.cancelOf(name)}
        onClick={onCancel}
      >
        {words.cancel}
      </button>
    </div>
  );
}

function Done(props: PictureCardProps & { result: Result }) {
  const words = useWords();
  const { faces, fileName, fileUrl } = props.result;
  return (
    <>
      <div class="card-foot">
        <p class="status">
          <strong class={faces > 0 ? "badge badge--good" : "badge badge--look"}>
            {faces > 0 ? <CheckIcon /> : <EyeIcon />}
            {words.done}
          </strong>{" "}
          <span class="status-outcome">{outcome(words, faces)}</span>
        </p>
        {isCorrectable(props.picture) && (
          <button
            type="button"
            class="button"
            aria-label={words.reviewOf(props.picture.name)}
            onClick={props.onReview}
          >
            <EyeIcon />
            {words.review}
          </button>
        )}
        <a
          class={faces > 0 ? "button button--primary" : "button"}
          href={fileUrl}
          download={fileName}
          aria-label={words.downloadOf(fileName)}
        >
          <DownloadIcon />
          {words.download}
        </a>
      </div>
      {faces === 0 && <NothingFound {...props} />}
    </>
  );
}

function NothingFound({ canLookHarder, onLookHarder }: PictureCardProps) {
  const words = useWords();
  return (
    <div class="notice notice--look">
      <p>{words.noFaceAdvice}</p>
      {canLookHarder && (
        <button type="button" class="button" onClick={onLookHarder}>
          {words.lookHarder}
        </button>
      )}
    </div>
  );
}

function Undone(props: PictureCardProps) {
  return props.picture.findings.length > 0 ? <Withheld {...props} /> : <Failed {...props} />;
}

// Hidden, but not given: the person decides.
function Withheld({ picture, onReview, onHideFound, onAccept }: PictureCardProps) {
  const words = useWords();
  const { name } = picture;
  return (
    <div class="notice notice--failed">
      <p>
        <strong class="badge badge--look">
          <EyeIcon />
          {words.withheld}
        </strong>
      </p>
      <p class="problem">{problemSentence(picture, words)}</p>
      <div class="card-choices">
        <WithheldChoice {...{ onHideFound, onAccept }} findings={picture.findings} />
        <button type="button" class="button" aria-label={words.reviewOf(name)} onClick={onReview}>
          <EyeIcon />
          {words.review}
        </button>
      </div>
    </div>
  );
}

function Failed({ picture, onRetry }: PictureCardProps) {
  const words = useWords();
  return (
    <div class="notice notice--failed">
      <p>
        <strong class="badge badge--bad">
          <WarningIcon />
          {words.failed}
        </strong>
      </p>
      <p class="problem">{problemSentence(picture, words)}</p>
      {canRetry(picture) && (
        <button
          type="button"
          class="button"
          aria-label={words.retryOf(picture.name)}
          onClick={onRetry}
        >
          {words.retry}
        </button>
      )}
    </div>
  );
}

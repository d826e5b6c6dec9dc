// The sound of the film under review: its voices, and stretches that nobody may hear.
import { CloseIcon } from "../components/icons";
import { IconButton } from "../components/icon_button";
import type { Plan } from "../plan";
import { clock } from "./film_plan";
import { useFilmWords } from "./film_words";
import { type Silence, silence, unsilence, voiceOf, withMode } from "./sound";
import { VoiceChoice } from "./voice_choice";

interface SoundToolsProps {
  plan: Plan;
  nowUs: number;
  /** Where a stretch has been begun; null: none has. */
  begunUs: number | null;
  onBegin: (timeUs: number | null) => void;
  onEdit: (change: (plan: Plan) => Plan) => void;
}

export function SoundTools({ plan, nowUs, begunUs, onBegin, onEdit }: SoundToolsProps) {
  const words = useFilmWords();
  const { mode, silenced } = voiceOf(plan);
  const end = (bleep: boolean) => {
    if (begunUs !== null) onEdit((old) => silence(old, begunUs, nowUs, bleep));
    onBegin(null);
  };
  return (
    <div class="sound-tools" role="group" aria-label={words.sound}>
      <VoiceChoice mode={mode} onChoose={(one) => onEdit((old) => withMode(old, one))} />
      {mode !== "mute" && (
        <>
          {begunUs === null ? (
            <button type="button" class="button button--small" onClick={() => onBegin(nowUs)}>
              {words.silenceFromHere}
            </button>
          ) : (
            <div class="sound-ends" role="group" aria-label={words.silenceBegun(clock(begunUs))}>
              <p class="control-hint">{words.silenceBegun(clock(begunUs))}</p>
              <button
                type="button"
                class="button button--small"
                disabled={nowUs === begunUs}
                onClick={() => end(false)}
              >
                {words.silenceToHere}
              </button>
              <button
                type="button"
                class="button button--small"
                disabled={nowUs === begunUs}
                onClick={() => end(true)}
              >
                {words.bleepToHere}
              </button>
              <button
                type="button"
                class="button button--small button--quiet"
                onClick={() => onBegin(null)}
              >
                {words.cancel}
              </button>
            </div>
          )}
          <Silences
            silenced={silenced}
            onRemove={(span) => onEdit((old) => unsilence(old, span))}
          />
        </>
      )}
    </div>
  );
}

interface SilencesProps {
  silenced: readonly Silence[];
  onRemove: (span: Silence) => void;
}

function Silences({ silenced, onRemove }: SilencesProps) {
  const words = useFilmWords();
  if (silenced.length === 0) return null;
  return (
    <ul class="silences" aria-label={words.silences}>
      {silenced.map((span) => {
        const name = words.silenceName(clock(span.from_us), clock(span.to_us), span.bleep);
        return (
          <li key={`${span.from_us} ${span.to_us} ${span.bleep}`} class="silence">
            <span>{name}</span>
            <IconButton
              label={`${words.silenceRemove}: ${name}`}
              onClick={() => onRemove(span)}
              icon={<CloseIcon />}
            />
          </li>
        );
      })}
    </ul>
  );
}

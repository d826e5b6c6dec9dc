// The sound files on the page: what becomes of their voices, and what that is worth.
import { CardHead } from "../components/card_head";
import { CheckIcon, DownloadIcon, WarningIcon } from "../components/icons";
import { useWords } from "../words";
import { useFilmWords } from "./film_words";
import type { SoundBooth, SoundFile } from "./sound_booth";
import { VoiceChoice } from "./voice_choice";

export function SoundGallery({ booth }: { booth: SoundBooth }) {
  const filmWords = useFilmWords();
  const { sounds } = booth;
  return (
    <section class="gallery gallery--films" aria-labelledby="sounds-title">
      <div class="toolbar">
        <h2 class="toolbar-title" id="sounds-title">
          {filmWords.sounds(sounds.length)}
        </h2>
      </div>
      <p class="control-hint">{filmWords.soundsLead}</p>
      <ul class={sounds.length === 1 ? "cards cards--single" : "cards"}>
        {sounds.map((sound) => (
          <SoundCard key={sound.id} booth={booth} sound={sound} />
        ))}
      </ul>
    </section>
  );
}

function SoundCard({ booth, sound }: { booth: SoundBooth; sound: SoundFile }) {
  const words = useWords();
  const filmWords = useFilmWords();
  const { id, file, mode, state, result, problem } = sound;
  return (
    <li class={`card card--${state === "failed" ? "failed" : "done"}`} aria-busy={state === "working"}>
      <CardHead name={file.name} onRemove={() => booth.remove(id)} />
      <div class="card-foot card-foot--column">
        <VoiceChoice mode={mode} onChoose={(chosen) => booth.choose(id, chosen)} />
        {state === "failed" && (
          <p class="problem">
            <WarningIcon /> {problem ?? words.noAnswer}
          </p>
        )}
        {result ? (
          <>
            <p class="status">
              <strong class="badge badge--good">
                <CheckIcon /> {filmWords.ready}
              </strong>
            </p>
            <a class="button button--primary" href={result.url} download={result.name}>
              <DownloadIcon />
              {filmWords.downloadSound}
            </a>
          </>
        ) : (
          <button
            type="button"
            class="button button--primary"
            disabled={state === "working"}
            aria-label={`${filmWords.changeVoices}: ${file.name}`}
            onClick={() => booth.change(id)}
          >
            {state === "working" ? filmWords.changingVoices : filmWords.changeVoices}
          </button>
        )}
      </div>
    </li>
  );
}

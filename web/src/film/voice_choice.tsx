// What becomes of the voices, with the honest claim of each way.
import { useId } from "preact/hooks";
import { useFilmWords } from "./film_words";
import { type VoiceMode, voiceModes } from "./sound";

interface VoiceChoiceProps {
  mode: VoiceMode;
  onChoose: (mode: VoiceMode) => void;
}

export function VoiceChoice({ mode, onChoose }: VoiceChoiceProps) {
  const words = useFilmWords();
  const claim = useId();
  return (
    <div class="voice-choice">
      <label class="voice-label">
        <span class="control-name">{words.sound}</span>
        <select
          value={mode}
          aria-describedby={claim}
          onChange={(event) => onChoose(event.currentTarget.value as VoiceMode)}
        >
          {voiceModes.map((one) => (
            <option key={one} value={one}>
              {words.voices[one]}
            </option>
          ))}
        </select>
      </label>
      <p class="control-hint" id={claim}>
        {words.voiceClaims[mode]}
      </p>
    </div>
  );
}

// How readily something counts as a face.
import { costAt } from "../costs";
import { sensitivityLevel, sensitivityMax } from "../settings";
import { useWords } from "../words";
import type { ControlProps } from "./controls";

export function SensitivityControl({ settings, onChange }: ControlProps) {
  const words = useWords();
  const { missedInHundred, wrongAPicture } = costAt(settings.sensitivity);
  const cost = words.costAt(missedInHundred, wrongAPicture);
  const level = sensitivityLevel(settings.sensitivity);
  return (
    <div class="control">
      <div class="control-line">
        <label class="control-name" for="sensitivity">
          {words.sensitivity}
        </label>
        <output class="control-value" for="sensitivity">
          {words.sensitivityLevels[level]}
        </output>
      </div>
      <input
        id="sensitivity"
        class="range"
        type="range"
        min="0"
        max={sensitivityMax}
        step="1"
        value={settings.sensitivity}
        aria-valuetext={`${words.sensitivityLevels[level]}. ${cost}`}
        aria-describedby="sensitivity-hint"
        style={{ "--filled": `${(100 * settings.sensitivity) / sensitivityMax}%` }}
        onInput={(event) => onChange({ sensitivity: event.currentTarget.valueAsNumber })}
      />
      <div class="range-ends" aria-hidden="true">
        <span>{words.sensitivityFew}</span>
        <span>{words.sensitivityMany}</span>
      </div>
      <p class="control-hint" id="sensitivity-hint">
        <strong class="cost">{cost}</strong> {words.costSource}
      </p>
    </div>
  );
}

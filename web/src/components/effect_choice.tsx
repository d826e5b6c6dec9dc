// Which effect hides the faces, with what each can promise.
import { useState } from "preact/hooks";
import { type Effect, effects } from "../settings";
import { useWords } from "../words";
import type { ControlProps } from "./controls";
import { CoverChoice } from "./cover_choice";
import { EffectSample } from "./effect_sample";
import { WarningIcon } from "./icons";

export function EffectChoice({ settings, onChange }: ControlProps) {
  const words = useWords();
  // The effect `image` waits for its picture; until then the one before it stays in force.
  const [waiting, setWaiting] = useState(false);
  const shown = waiting ? "image" : settings.effect;
  const choose = (effect: Effect) => {
    const lacking = effect === "image" && settings.cover === null;
    setWaiting(lacking);
    if (!lacking && effect !== settings.effect) onChange({ effect });
  };
  const cover = (file: File) => {
    setWaiting(false);
    onChange({ effect: "image", cover: file });
  };
  return (
    <fieldset class="control">
      <legend class="control-name">{words.effect}</legend>
      <div class="effects">
        {effects.map((effect) => (
          <label key={effect} class="effect">
            <input
              class="visually-hidden"
              type="radio"
              name="effect"
              value={effect}
              checked={effect === shown}
              aria-describedby="effect-claim"
              onChange={() => choose(effect)}
            />
            <EffectSample effect={effect} />
            <span class="effect-name">{words.effects[effect]}</span>
            {effect === "blur" && (
              <span class="effect-warning">
                <WarningIcon />
                <span class="visually-hidden">{words.blurWarning}</span>
              </span>
            )}
          </label>
        ))}
      </div>
      <p class="control-hint" id="effect-claim">
        {shown === "blur" && (
          <strong class="reversible">
            <WarningIcon /> {words.blurWarning}
          </strong>
        )}
        {words.effectClaims[shown]}
      </p>
      {shown === "image" && <CoverChoice cover={settings.cover} onCover={cover} />}
    </fieldset>
  );
}

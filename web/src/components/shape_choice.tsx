// Which shape covers a face.
import { shapes } from "../settings";
import { useWords } from "../words";
import type { ControlProps } from "./controls";

export function ShapeChoice({ settings, onChange }: ControlProps) {
  const words = useWords();
  return (
    <fieldset class="control">
      <legend class="control-name">{words.shape}</legend>
      <div class="segments">
        {shapes.map((shape) => (
          <label key={shape} class="segment">
            <input
              class="visually-hidden"
              type="radio"
              name="shape"
              value={shape}
              checked={shape === settings.shape}
              onChange={() => onChange({ shape })}
            />
            <span class={`shape-mark shape-mark--${shape}`} aria-hidden="true" />
            {words.shapes[shape]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

// The options. On a narrow window they fold away behind a button; the style sheet decides when.
import { useState } from "preact/hooks";
import type { Settings } from "../settings";
import { useWords } from "../words";
import { EffectChoice } from "./effect_choice";
import { ChevronIcon, SlidersIcon } from "./icons";
import { SensitivityControl } from "./sensitivity_control";
import { ShapeChoice } from "./shape_choice";
import { Switch } from "./switch";

export interface ControlProps {
  settings: Settings;
  onChange: (change: Partial<Settings>) => void;
}

interface ControlsProps extends ControlProps {
  /** Pictures that only the program still has: they cannot be searched anew. */
  fixed: number;
}

export function Controls(props: ControlsProps) {
  const words = useWords();
  const [unfolded, setUnfolded] = useState(false);
  return (
    <section class="controls" aria-labelledby="options-title">
      <h2 class="controls-title" id="options-title">
        <SlidersIcon /> {words.options}
      </h2>
      <button
        type="button"
        class="controls-fold"
        aria-expanded={unfolded}
        aria-controls="options-body"
        onClick={() => setUnfolded(!unfolded)}
      >
        <SlidersIcon /> {words.options}
        <span class="controls-summary">{words.effects[props.settings.effect]}</span>
        <ChevronIcon />
      </button>
      <div
        class={unfolded ? "controls-body controls-body--unfolded" : "controls-body"}
        id="options-body"
      >
        <EffectChoice {...props} />
        <ShapeChoice {...props} />
        <SensitivityControl {...props} />
        <FrameSwitch {...props} />
        {props.fixed > 0 && <p class="controls-fixed">{words.settingsFixed(props.fixed)}</p>}
      </div>
    </section>
  );
}

function FrameSwitch({ settings, onChange }: ControlProps) {
  const words = useWords();
  return (
    <div class="control">
      <Switch
        label={words.frame}
        on={settings.frame}
        describedBy="frame-hint"
        onChange={(frame) => onChange({ frame })}
      />
      <p class="control-hint" id="frame-hint">
        {words.frameHint}
      </p>
    </div>
  );
}

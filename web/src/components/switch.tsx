// On or off. The browser's own checkbox stays, for keyboard and screen readers; what is seen is drawn.
interface SwitchProps {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
  /** The id of what explains it. */
  describedBy?: string;
}

export function Switch({ label, on, onChange, describedBy }: SwitchProps) {
  return (
    <label class="switch">
      <span class="control-name">{label}</span>
      <input
        class="visually-hidden"
        type="checkbox"
        role="switch"
        checked={on}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span class="switch-track" aria-hidden="true" />
    </label>
  );
}

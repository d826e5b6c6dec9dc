// A button that is a drawing; its name is said and shown on hovering.
import type { ComponentChildren } from "preact";

interface IconButtonProps {
  label: string;
  icon: ComponentChildren;
  disabled?: boolean;
  onClick: () => void;
}

export function IconButton({ label, icon, disabled = false, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      {icon}
    </button>
  );
}

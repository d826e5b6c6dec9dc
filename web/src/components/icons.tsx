// The page's small drawings. All are decoration beside words, so screen readers pass over them.
import type { ComponentChildren } from "preact";

function Icon({ children, size = 20 }: { children: ComponentChildren; size?: number }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const LockIcon = () => (
  <Icon size={16}>
    <rect x="5" y="11" width="14" height="9" rx="2.5" />
    <path d="M8 11V8a4 4 0 0 1 8 0v3" />
  </Icon>
);

export const DownloadIcon = () => (
  <Icon>
    <path d="M12 4v11m0 0 4.5-4.500M12 15l-4.5-4.500M5 20h14" />
  </Icon>
);

export const PlusIcon = () => (
  <Icon>
    <path d="M12 5v14M5 12h14" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path d="m7 7 10 10M17 7 7 17" />
  </Icon>
);

export const CheckIcon = () => (
  <Icon size={16}>
    <path d="m5 12.5 4.5 4.500L19 7.5" />
  </Icon>
);

export const EyeIcon = () => (
  <Icon size={16}>
    <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z" />
    <circle cx="12" cy="12" r="2.8" />
  </Icon>
);

export const WarningIcon = () => (
  <Icon size={16}>
    <path d="M12 4 2.8 19.500h18.400L12 4Zm0 6v4.500m0 2.700v.1" />
  </Icon>
);

export const SlidersIcon = () => (
  <Icon>
    <path d="M4 8h9m5 0h2M4 16h2m5 0h9" />
    <circle cx="15.5" cy="8" r="2.5" />
    <circle cx="8.5" cy="16" r="2.5" />
  </Icon>
);

export const ChevronIcon = () => (
  <Icon>
    <path d="m7 10 5 5 5-5" />
  </Icon>
);

export const MinusIcon = () => (
  <Icon>
    <path d="M5 12h14" />
  </Icon>
);

export const FitIcon = () => (
  <Icon>
    <path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />
  </Icon>
);

export const BackIcon = ({ small = false }: { small?: boolean }) => (
  <Icon>{small ? <path d="m14 7-5 5 5 5" /> : <path d="M20 12H5m6-6-6 6 6 6" />}</Icon>
);

export const ForwardIcon = () => (
  <Icon>
    <path d="m10 7 5 5-5 5" />
  </Icon>
);

export const UndoIcon = () => (
  <Icon>
    <path d="M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3" />
  </Icon>
);

export const RedoIcon = () => (
  <Icon>
    <path d="m16 5 4 4-4 4M20 9H10a6 6 0 0 0 0 12h3" />
  </Icon>
);

export const CameraIcon = () => (
  <Icon>
    <path d="M4 8h4l1.500-2.500h5L16 8h4v11H4z" />
    <circle cx="12" cy="13" r="3.2" />
  </Icon>
);

export const FolderIcon = () => (
  <Icon>
    <path d="M3.500 6.500h6l2 2.500h9v10h-17z" />
  </Icon>
);

export const ShieldIcon = () => (
  <Icon>
    <path d="M12 3.500 5 6v6c0 4 3 7 7 8.500 4-1.500 7-4.500 7-8.500V6zM9 12l2.200 2.200L15 10.300" />
  </Icon>
);

export const HelpIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M9.500 9.500a2.500 2.500 0 1 1 3.700 2.200Q12 12.300 12 13.500M12 16.500v.1" />
  </Icon>
);

export const FacesIcon = () => (
  <Icon>
    <rect x="4" y="4" width="7" height="7" rx="2" />
    <rect x="13" y="4" width="7" height="7" rx="2" />
    <rect x="4" y="13" width="7" height="7" rx="2" />
    <rect x="13" y="13" width="7" height="7" rx="2" />
  </Icon>
);

/** Two people, of whom the second has been veiled. */
export const Illustration = () => (
  <svg class="illustration" viewBox="0 0 220 132" aria-hidden="true">
    <rect class="ill-card" x="10" y="10" width="200" height="112" rx="16" />
    <g class="ill-person">
      <path class="ill-shirt" d="M34 122c0-22 15-34 36-34s36 12 36 34z" />
      <ellipse class="ill-skin" cx="70" cy="62" rx="21" ry="25" />
      <path
        class="ill-hair"
        d="M48 60c-3-20 8-30 22-30s25 10 22 30c-4-9-9-13-13-14-8 4-20 4-26 2-2 3-4 7-5 12z"
      />
      <path class="ill-line" d="M61 62v3m18-3v3M63 75q7 5 14 0" />
    </g>
    <g class="ill-person">
      <path class="ill-shirt ill-shirt--other" d="M114 122c0-22 15-34 36-34s36 12 36 34z" />
      <path class="ill-hair" d="M126 82c-6-40 6-52 24-52s30 12 24 52z" />
      <ellipse class="ill-veil" cx="150" cy="62" rx="25" ry="30" />
    </g>
  </svg>
);

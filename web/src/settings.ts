// What the person can choose about the hiding, and how the server is told.

export const effects = ["veil", "solid", "emoji", "image", "mosaic", "blur"] as const;
export type Effect = (typeof effects)[number];

export const shapes = ["ellipse", "rectangle"] as const;
export type Shape = (typeof shapes)[number];

export interface Settings {
  readonly effect: Effect;
  /** The picture that the effect `image` lays over faces; that effect is never set without it. */
  readonly cover: File | null;
  readonly shape: Shape;
  /** 0 (only clear faces) to `sensitivityMax` (every suspicion). */
  readonly sensitivity: number;
  /** A green frame around each place that was hidden, for reviewing. */
  readonly frame: boolean;
}

export const sensitivityMax = 11;

// Sensitivity 8 is the threshold 0.2, the program's own default.
export const defaultSettings: Settings = {
  effect: "veil",
  cover: null,
  shape: "ellipse",
  sensitivity: 8,
  frame: false,
};

/** The lowest score that counts as a face: 0.6 at sensitivity 0, down to 0.05 at the highest. */
export function threshold(sensitivity: number): number {
  return (60 - 5 * sensitivity) / 100;
}

export type SensitivityLevel = "clearFaces" | "balanced" | "everySuspicion";

export function sensitivityLevel(sensitivity: number): SensitivityLevel {
  if (sensitivity <= 5) return "clearFaces";
  return sensitivity <= 9 ? "balanced" : "everySuspicion";
}

/** The options of making a plan. */
export function planFields(settings: Settings): Record<string, string | File> {
  return {
    effect: settings.effect,
    shape: settings.shape,
    threshold: String(threshold(settings.sensitivity)),
    ...coverField(settings),
  };
}

/** The options of applying one. */
export function applyFields(settings: Settings): Record<string, string | File> {
  return { ...coverField(settings), ...(settings.frame ? { frame: "true" } : {}) };
}

function coverField({ effect, cover }: Settings): Record<string, File> {
  return effect === "image" && cover ? { cover } : {};
}

/** Whether a change of settings asks for a new look, or only for another cover of what was found. */
export function looksAnew(change: Partial<Settings>): boolean {
  return "sensitivity" in change || "cover" in change || change.effect === "image";
}

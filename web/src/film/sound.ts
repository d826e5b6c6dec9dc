// What happens to a film's sound: the part of its plan that voices have (docs/plan-format.md).
import type { Plan } from "../plan";

export const voiceModes = ["keep", "mute", "disguise", "robot"] as const;
export type VoiceMode = (typeof voiceModes)[number];

/** A stretch that nobody may hear, half open. */
export interface Silence {
  readonly from_us: number;
  readonly to_us: number;
  /** A tone in place of silence. */
  readonly bleep: boolean;
}

export interface Voice {
  readonly mode: VoiceMode;
  readonly silenced: readonly Silence[];
}

export const voiceOf = (plan: Plan): Voice => plan.voice ?? { mode: "keep", silenced: [] };

const withVoice = (plan: Plan, change: Partial<Voice>): Plan => ({
  ...plan,
  voice: { ...voiceOf(plan), ...change },
});

export const withMode = (plan: Plan, mode: VoiceMode): Plan =>
  mode === voiceOf(plan).mode ? plan : withVoice(plan, { mode });

/** Between two moments, whichever is the earlier one. */
export function silence(plan: Plan, a: number, b: number, bleep: boolean): Plan {
  const [from_us, to_us] = [Math.round(Math.min(a, b)), Math.round(Math.max(a, b))];
  if (from_us === to_us) return plan;
  const { silenced } = voiceOf(plan);
  const all = [...silenced, { from_us, to_us, bleep }].sort((x, y) => x.from_us - y.from_us);
  return withVoice(plan, { silenced: all });
}

export function unsilence(plan: Plan, span: Silence): Plan {
  return withVoice(plan, { silenced: voiceOf(plan).silenced.filter((one) => one !== span) });
}

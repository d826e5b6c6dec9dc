// What the program finds when it looks again at a picture that it has hidden, before it gives it.
import type { Result } from "./picture";

export const checks = ["faces", "second_pictures", "places", "stray_bytes", "locality"] as const;
export type Check = (typeof checks)[number];
export type Outcome = "clean" | "found" | "not_checked";

/** Something that should not be there. */
export interface Finding {
  readonly check: Check;
  /** Of a face: left, top, right, bottom in pixels of the upright picture. */
  readonly box?: readonly [number, number, number, number];
  readonly score?: number;
  /** Of anything else: what and where. */
  readonly detail?: string;
}

export interface SecondLook {
  readonly checks: Readonly<Partial<Record<Check, Outcome>>>;
  /** What was found and is in the picture all the same: a person has accepted it. */
  readonly findings: number;
}

export function facesIn(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ check, box }) => check === "faces" && box);
}

/** For each check, how many pictures had which outcome. */
export function talliesOf(results: readonly Result[]): Record<Check, Record<Outcome, number>> {
  const tally = (check: Check) => {
    const counts: Record<Outcome, number> = { clean: 0, found: 0, not_checked: 0 };
    for (const { secondLook } of results) counts[secondLook.checks[check] ?? "not_checked"] += 1;
    return [check, counts] as const;
  };
  return Object.fromEntries(checks.map(tally)) as Record<Check, Record<Outcome, number>>;
}

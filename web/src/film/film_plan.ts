// What a person may do to the plan of a film: as plan.ts, with time. Nothing here changes a plan:
// each correction gives a new one.
import { type Box, kindOf, place, type Plan, remove, type Track } from "../plan";
import type { Settings } from "../settings";

export type Keyframe = Track["keyframes"][number];

export const firstUs = (track: Track): number => track.keyframes[0]?.time_us ?? 0;
export const lastUs = (track: Track): number => track.keyframes.at(-1)?.time_us ?? 0;

/** Where the face is: from keyframe to keyframe in straight lines, as the program has it. */
export function boxAt({ keyframes }: Track, timeUs: number): Box | null {
  const after = keyframes.findIndex(({ time_us }) => time_us >= timeUs);
  const next = keyframes[after];
  if (!next) return null;
  if (next.time_us === timeUs) return next.box;
  const before = keyframes[after - 1];
  if (!before) return null;
  const share = (timeUs - before.time_us) / (next.time_us - before.time_us);
  const between = (a: number, b: number) => a + share * (b - a);
  return {
    x: between(before.box.x, next.box.x),
    y: between(before.box.y, next.box.y),
    width: between(before.box.width, next.box.width),
    height: between(before.box.height, next.box.height),
  };
}

/** The plan of one moment, as if the film were a still picture: for the stage. */
export function momentOf(plan: Plan, timeUs: number): Plan {
  const tracks = plan.tracks.flatMap((track): Track[] => {
    const box = boxAt(track, timeUs);
    return box ? [{ ...track, keyframes: [{ time_us: timeUs, box, score: 1 }] }] : [];
  });
  return { ...plan, tracks };
}

function changed(plan: Plan, id: number, change: (track: Track) => Partial<Track>): Plan {
  const tracks = plan.tracks.map((track) =>
    track.id === id
      ? { ...track, ...change(track), origin: "person" as const, needs_review: false }
      : track,
  );
  return { ...plan, tracks };
}

const byTime = (a: Keyframe, b: Keyframe) => a.time_us - b.time_us;

function withKeyframe({ keyframes }: Track, keyframe: Keyframe): Keyframe[] {
  const others = keyframes.filter(({ time_us }) => time_us !== keyframe.time_us);
  return [...others, keyframe].sort(byTime);
}

/** Puts what is painted at this moment where the person wants it. */
export function placeAt(plan: Plan, id: number, timeUs: number, region: Box): Plan {
  const placed = place(momentOf(plan, timeUs), id, region);
  const box = placed.tracks.find((track) => track.id === id)?.keyframes[0]?.box;
  if (!box) return plan;
  return changed(plan, id, (track) => ({
    keyframes: withKeyframe(track, { time_us: timeUs, box, score: 1 }),
  }));
}

const freeId = (plan: Plan): number => 1 + Math.max(0, ...plan.tracks.map(({ id }) => id));

/** Where a box is from one moment to another that stays where it is. */
export const held = (box: Box, [fromUs, toUs]: readonly [number, number]): Keyframe[] =>
  [...new Set([fromUs, toUs])].map((time_us) => ({ time_us, box, score: 1 }));

/** A track by hand, hidden as it is, without growth. */
export function draw(
  plan: Plan,
  keyframes: readonly Keyframe[],
  settings: Settings,
): { plan: Plan; id: number } {
  const id = freeId(plan);
  const track: Track = {
    id,
    decision: "hide",
    effect: settings.effect === "image" ? "veil" : settings.effect,
    shape: settings.shape,
    grow: 0,
    origin: "person",
    needs_review: false,
    note: "",
    keyframes,
  };
  return { plan: { ...plan, tracks: [...plan.tracks, track] }, id };
}

/** The track begins (or ends) at this moment: cut off, or held as it is there. */
export function setEnd(plan: Plan, id: number, which: "first" | "last", timeUs: number): Plan {
  return changed(plan, id, (track) => {
    const { keyframes } = track;
    const outermost = which === "first" ? keyframes[0] : keyframes.at(-1);
    const box = boxAt(track, timeUs) ?? outermost?.box;
    if (!box) return {};
    const inside = ({ time_us }: Keyframe) =>
      which === "first" ? time_us > timeUs : time_us < timeUs;
    const kept = keyframes.filter(inside);
    if (kept.length === 0) return {}; // It would be turned inside out.
    return { keyframes: [...kept, { time_us: timeUs, box, score: 1 }].sort(byTime) };
  });
}

/** Two tracks of one: up to the picture at `timeUs` excluded, and from it on. */
export function splitAt(
  plan: Plan,
  id: number,
  { timeUs, previousUs }: { timeUs: number; previousUs: number },
): { plan: Plan; id: number } | null {
  const track = plan.tracks.find((one) => one.id === id);
  const [before, after] = [track && boxAt(track, previousUs), track && boxAt(track, timeUs)];
  if (!track || !before || !after || previousUs >= timeUs) return null;
  const scoreAt = (us: number) =>
    track.keyframes.filter(({ time_us }) => time_us <= us).at(-1)?.score ?? 0;
  const early = track.keyframes.filter(({ time_us }) => time_us < previousUs);
  const late = track.keyframes.filter(({ time_us }) => time_us > timeUs);
  const part = (keyframes: Keyframe[]): Track => ({ ...track, origin: "person", keyframes });
  const first = part([
    ...early,
    { time_us: previousUs, box: before, score: scoreAt(previousUs) },
  ]);
  const second = {
    ...part([{ time_us: timeUs, box: after, score: scoreAt(timeUs) }, ...late]),
    id: freeId(plan),
  };
  const tracks = plan.tracks.flatMap((one) => (one.id === id ? [first, second] : [one]));
  return { plan: { ...plan, tracks }, id: second.id };
}

const union = (a: Box, b: Box): Box => {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
};

/**
 * One track that hides whatever either of them hides: the union where both are, and the gap between
 * them bridged in straight lines.
 */
export function merge(plan: Plan, id: number, other: number): Plan {
  const [a, b] = [id, other].map((one) => plan.tracks.find((track) => track.id === one));
  if (!a || !b || a === b) return plan;
  const times = [...a.keyframes, ...b.keyframes].map(({ time_us }) => time_us);
  const moments = [...new Set(times)].sort((x, y) => x - y);
  const keyframes = moments.flatMap((time_us): Keyframe[] => {
    const boxes = [boxAt(a, time_us), boxAt(b, time_us)].filter((box) => box !== null);
    const box = boxes.length === 2 ? union(boxes[0]!, boxes[1]!) : boxes[0];
    return box ? [{ time_us, box, score: 1 }] : [];
  });
  const grow = Math.max(a.grow, b.grow);
  const merged = changed(plan, id, () => ({ keyframes, grow, decision: "hide" }));
  return remove(merged, other);
}

export interface Weakness {
  readonly track: number;
  readonly timeUs: number;
  readonly score: number;
}

/**
 * The moments at which it is least sure that the box is right, the weakest first: of each stretch
 * without a sighting its middle, and of each doubtful track its lowest score. A person's are none.
 */
export function weakMoments(plan: Plan): Weakness[] {
  const moments = plan.tracks
    .filter(({ origin, decision }) => origin === "detector" && decision === "hide")
    .flatMap((track) => weakMomentsOf(track));
  return moments.sort((a, b) => a.score - b.score || a.timeUs - b.timeUs);
}

function weakMomentsOf(track: Track): Weakness[] {
  const { keyframes, id } = track;
  const seen = keyframes.filter(({ score }) => score > 0);
  const unseen: Weakness[] = [];
  for (let i = 0; i < keyframes.length; i += 1) {
    let end = i;
    while (keyframes[end]?.score === 0) end += 1;
    const middle = keyframes[(i + end) >> 1];
    // The first and last keyframes are the extension, which is a guess by its nature.
    if (end > i && i > 0 && end < keyframes.length && middle)
      unseen.push({ track: id, timeUs: middle.time_us, score: 0 });
    i = end;
  }
  const lowest = seen.reduce<Keyframe | null>(
    (low, one) => (low && low.score <= one.score ? low : one),
    null,
  );
  const doubt = kindOf(track) === "doubtful" ? (lowest ?? keyframes[keyframes.length >> 1]) : null;
  return doubt
    ? [...unseen, { track: id, timeUs: doubt.time_us, score: doubt.score }]
    : unseen;
}

/** "1:02.3" */
export function clock(timeUs: number): string {
  const tenths = Math.round(timeUs / 100_000);
  const seconds = ((tenths % 600) / 10).toFixed(1).padStart(4, "0");
  return `${Math.floor(tenths / 600)}:${seconds}`;
}

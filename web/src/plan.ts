// The plan of one picture (docs/plan-format.md), and what a person may do to it. Nothing here
// changes a plan: each correction gives a new one, so that it can be taken back.
import type { Voice } from "./film/sound";
import { facesIn, type Finding } from "./second_look";
import type { Settings } from "./settings";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Track {
  readonly id: number;
  readonly decision: "hide" | "keep";
  readonly effect: string;
  readonly shape: string;
  readonly grow: number;
  readonly origin: "detector" | "person";
  readonly needs_review: boolean;
  readonly note: string;
  readonly keyframes: readonly { time_us: number; box: Box; score: number }[];
}

export interface Plan {
  readonly version: number;
  readonly source: { name: string; sha256: string; width: number; height: number };
  readonly detector: string;
  readonly cover?: { name: string; sha256: string };
  readonly tracks: readonly Track[];
  /** Of films only. */
  readonly voice?: Voice;
}

export type FaceKind = "certain" | "doubtful" | "hand";

export function kindOf(track: Track): FaceKind {
  if (track.needs_review) return "doubtful";
  return track.origin === "person" ? "hand" : "certain";
}

export function scoreOf(track: Track): number {
  return track.keyframes[0]?.score ?? 0;
}

/** The detector's or the person's box, before growth. */
export function boxOf(track: Track): Box {
  return track.keyframes[0]?.box ?? { x: 0, y: 0, width: 1, height: 1 };
}

/** What is painted: the box grown at each side. */
export function regionOf(track: Track): Box {
  const { x, y, width, height } = boxOf(track);
  const { grow } = track;
  return {
    x: x - grow * width,
    y: y - grow * height,
    width: width * (1 + 2 * grow),
    height: height * (1 + 2 * grow),
  };
}

/** The share of the smaller box that the other covers. */
export function overlap(a: Box, b: Box): number {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (across <= 0 || down <= 0) return 0;
  return (across * down) / Math.min(a.width * a.height, b.width * b.height);
}

function changeTrack(plan: Plan, id: number, change: (track: Track) => Partial<Track>): Plan {
  const tracks = plan.tracks.map((track) =>
    track.id === id ? { ...track, ...change(track) } : track,
  );
  return { ...plan, tracks };
}

/** A person says hide or keep: by place, not by who it is. */
export function decide(plan: Plan, id: number, decision: Track["decision"]): Plan {
  return changeTrack(plan, id, () => ({ decision, origin: "person", needs_review: false }));
}

export function toggle(plan: Plan, id: number): Plan {
  const track = plan.tracks.find((one) => one.id === id);
  return track ? decide(plan, id, track.decision === "hide" ? "keep" : "hide") : plan;
}

/** Looked at, and right as it is: the doubt is gone, the rest is the detector's. */
export function confirm(plan: Plan, id: number): Plan {
  return changeTrack(plan, id, () => ({ needs_review: false }));
}

export function remove(plan: Plan, id: number): Plan {
  return { ...plan, tracks: plan.tracks.filter((track) => track.id !== id) };
}

const sideMin = 4;

/** Puts what is painted where the person wants it, at least partly within the picture. */
export function place(plan: Plan, id: number, region: Box): Plan {
  return changeTrack(plan, id, (track) => {
    const fit = within(region, plan);
    const share = 1 + 2 * track.grow;
    const width = fit.width / share;
    const height = fit.height / share;
    const box = { x: fit.x + track.grow * width, y: fit.y + track.grow * height, width, height };
    return {
      origin: "person",
      needs_review: false,
      keyframes: [{ time_us: 0, box, score: scoreOf(track) }],
    };
  });
}

/** A box by hand is hidden as drawn, without growth. */
export function draw(plan: Plan, region: Box, settings: Settings): { plan: Plan; id: number } {
  const id = 1 + Math.max(0, ...plan.tracks.map((track) => track.id));
  const track: Track = {
    id,
    decision: "hide",
    effect: settings.effect,
    shape: settings.shape,
    grow: 0,
    origin: "person",
    needs_review: false,
    note: "",
    keyframes: [{ time_us: 0, box: within(region, plan), score: 1 }],
  };
  return { plan: { ...plan, tracks: [...plan.tracks, track] }, id };
}

function within(region: Box, { source }: Plan): Box {
  const width = Math.max(sideMin, region.width);
  const height = Math.max(sideMin, region.height);
  const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
  return {
    x: clamp(region.x, 1 - width, source.width - 1),
    y: clamp(region.y, 1 - height, source.height - 1),
    width,
    height,
  };
}

// Of two boxes: the share from which on they are of one face.
const sameFace = 0.5;
const growOfFaces = 0.2;

/** The plan with the faces that looking again found: the detector's, and to be checked. */
export function withFaces(plan: Plan, findings: readonly Finding[], settings: Settings): Plan {
  const free = 1 + Math.max(0, ...plan.tracks.map(({ id }) => id));
  const added = facesIn(findings).map(({ box, score }, i): Track => {
    const [left = 0, top = 0, right = 0, bottom = 0] = box ?? [];
    return {
      id: free + i,
      decision: "hide",
      effect: settings.effect,
      shape: settings.shape,
      grow: growOfFaces,
      origin: "detector",
      needs_review: true,
      note: "",
      keyframes: [
        {
          time_us: 0,
          box: { x: left, y: top, width: right - left, height: bottom - top },
          score: score ?? 0,
        },
      ],
    };
  });
  return { ...plan, tracks: [...plan.tracks, ...added] };
}

/**
 * The plan as it is sent: the effect, shape and cover chosen hold for every face. What was found and
 * deleted by the person is sent as kept: their decision, and so nothing that looking again may find.
 */
export function dressed(plan: Plan, settings: Settings, found: Plan): Plan {
  const { effect, shape } = settings;
  const { cover: _, ...rest } = plan;
  const { cover } = found;
  const isThere = (old: Track) =>
    plan.tracks.some(({ id }) => id === old.id) ||
    plan.tracks.some((track) => overlap(boxOf(track), boxOf(old)) > sameFace);
  const deleted = found.tracks
    .filter((track) => !isThere(track))
    .map((track): Track => ({ ...track, decision: "keep", origin: "person", needs_review: false }));
  const tracks = [...plan.tracks, ...deleted].map((track) => ({ ...track, effect, shape }));
  return effect === "image" && cover ? { ...rest, cover, tracks } : { ...rest, tracks };
}

/**
 * A newly made plan with the corrections of the one before it: what a person decided, moved or drew
 * stays, and stands in place of what was found there anew. What the person deleted stays away.
 */
export function carriedOver(found: Plan, first: Plan, before: Plan): Plan {
  const touched = before.tracks.filter((track) => {
    const old = first.tracks.find(({ id }) => id === track.id);
    return track.origin === "person" || (old?.needs_review ?? false) !== track.needs_review;
  });
  const deleted = first.tracks.filter(({ id }) => !before.tracks.some((track) => track.id === id));
  const spoken = [...touched, ...deleted].map(boxOf);
  const fresh = found.tracks.filter(
    (track) => !spoken.some((box) => overlap(box, boxOf(track)) > sameFace),
  );
  // What was found keeps its ids, by which the next look tells what was deleted.
  const free = 1 + Math.max(0, ...found.tracks.map(({ id }) => id));
  const kept = touched.map((track, i) => ({ ...track, id: free + i }));
  return { ...found, tracks: [...fresh, ...kept] };
}

// Doubtful faces through the whole batch, in the order of the pictures.
import type { Picture } from "./picture";

export interface Place {
  readonly id: number;
  readonly track: number;
}

export function doubtsOf(pictures: readonly Picture[]): Place[] {
  return pictures.flatMap(({ id, edits }) =>
    (edits?.present.tracks ?? [])
      .filter((track) => track.needs_review)
      .map((track) => ({ id, track: track.id })),
  );
}

/** The one after `now`, from the start again behind the last; null where none is left. */
export function nextDoubt(pictures: readonly Picture[], now: Place): Place | null {
  const doubts = doubtsOf(pictures);
  const rank = (place: Place) => pictures.findIndex(({ id }) => id === place.id);
  const after = doubts.find(
    (doubt) => rank(doubt) > rank(now) || (doubt.id === now.id && doubt.track > now.track),
  );
  return after ?? doubts[0] ?? null;
}

// report.json of a batch: what became of each picture, with its plan, so that every correction is
// on record. No pixels.
import { bytesOf, type Picture } from "./picture";
import type { Plan } from "./plan";

interface ReportInput {
  readonly version: string;
  readonly pictures: readonly Picture[];
  readonly planOf: (picture: Picture) => Plan | null;
  /** Names in the archive, by the picture's id. */
  readonly names: ReadonlyMap<number, string>;
  readonly problemOf: (picture: Picture) => string;
}

export async function reportOf({ version, pictures, planOf, names, problemOf }: ReportInput) {
  const results = [];
  for (const picture of pictures) {
    const input = picture.name;
    const { state, result } = picture;
    const plan = planOf(picture);
    if (state !== "done" || !result || !plan) {
      const { findings } = picture;
      const status = findings.length > 0 ? "withheld" : "failed";
      const error = problemOf(picture);
      results.push({ input, status, error, ...(findings.length > 0 ? { findings } : {}) });
      continue;
    }
    results.push({
      input,
      output: names.get(picture.id),
      status: result.faces > 0 ? "hidden" : "nothing hidden",
      faces: result.faces,
      kept: plan.tracks.filter(({ decision }) => decision === "keep").length,
      by_person: plan.tracks.filter(({ origin }) => origin === "person").length,
      needs_review: plan.tracks.filter(({ needs_review }) => needs_review).length,
      input_sha256: plan.source.sha256,
      output_sha256: await sha256(await bytesOf(result)),
      notes: result.notes,
      verify: { ...result.secondLook, faces_added: picture.added },
      plan,
    });
  }
  return {
    program: "faceveil",
    version,
    inputs: pictures.length,
    failed: results.filter(({ status }) => status === "failed").length,
    withheld: results.filter(({ status }) => status === "withheld").length,
    results,
  };
}

/** Null where the browser has no digests (a page that came over http from another computer). */
async function sha256(file: Blob): Promise<string | null> {
  if (!("subtle" in crypto)) return null;
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Short films made at test time of a picture drawn by us: a window moves over it, so that every face
// walks.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Somewhat more than a second of the three drawn people, ten pictures a second. */
export async function walkingFilm(bench, name = "walk.mp4") {
  const path = join(bench.folder, name);
  const window = "crop=640:480:200+40*t:20,scale=320:240";
  const how = ["-vf", window, "-r", "10", "-t", "1.2", "-pix_fmt", "yuv420p", "-g", "5"];
  await run("ffmpeg", ["-v", "error", "-y", "-loop", "1", "-r", "10", "-i", bench.group, ...how, path]);
  return path;
}

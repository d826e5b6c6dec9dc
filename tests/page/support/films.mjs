// Short films made at test time of a picture drawn by us: a window moves over it, so that every face
// walks.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Somewhat more than a second of the three drawn people, ten pictures a second, under a tone. */
export async function walkingFilm(bench, { name = "walk.mp4", seconds = 1.2, size = "320:240" } = {}) {
  const path = join(bench.folder, name);
  const window = `crop=640:480:200+40*mod(t\\,4):20,scale=${size}`;
  const how = ["-vf", window, "-r", "10", "-t", String(seconds), "-pix_fmt", "yuv420p", "-g", "5"];
  const tone = ["-f", "lavfi", "-i", "sine=frequency=300:sample_rate=16000"];
  const still = ["-loop", "1", "-r", "10", "-i", bench.group];
  await run("ffmpeg", ["-v", "error", "-y", ...still, ...tone, ...how, "-preset", "ultrafast", path]);
  return path;
}

/** The loudest sample between two moments of a film, in decibels below full scale. */
export async function loudest(path, from, to) {
  const cut = ["-ss", String(from), "-t", String(to - from), "-i", path];
  const { stderr } = await run("ffmpeg", [...cut, "-af", "volumedetect", "-vn", "-f", "null", "-"]);
  return Number(/max_volume: (-?[\d.]+|-inf) dB/.exec(stderr)[1].replace("-inf", "-1000"));
}

// Short films made at test time of a picture drawn by us: a window moves over it, so that every face
// walks.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
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

/** A second of a tone, as a sound file. */
export async function tone(bench, name = "talk.wav") {
  const path = join(bench.folder, name);
  const sine = ["-f", "lavfi", "-i", "sine=frequency=300:sample_rate=16000:duration=1"];
  await run("ffmpeg", ["-v", "error", "-y", ...sine, path]);
  return path;
}

/** The loudest sample between two moments of a film, in decibels below full scale. */
export async function loudest(path, from, to) {
  const cut = ["-ss", String(from), "-t", String(to - from), "-i", path];
  const { stderr } = await run("ffmpeg", [...cut, "-af", "volumedetect", "-vn", "-f", "null", "-"]);
  return Number(/max_volume: (-?[\d.]+|-inf) dB/.exec(stderr)[1].replace("-inf", "-1000"));
}

/** An animated GIF or WebP, as the name says, of the three drawn people: so many pictures. */
export async function animation(bench, name, pictures) {
  const path = join(bench.folder, name);
  const window = "crop=640:480:200+40*t:20,scale=320:240:flags=area";
  // The palette is of all pictures, so their end must come.
  const still = ["-loop", "1", "-r", "5", "-t", String(pictures / 5), "-i", bench.group];
  const palette = ",split[a][b];[a]palettegen=max_colors=120[p];[b][p]paletteuse=dither=none";
  const colours = name.endsWith(".gif") ? palette : "";
  const coder = name.endsWith(".webp") ? ["-c:v", "libwebp_anim", "-lossless", "1"] : [];
  const how = ["-filter_complex", window + colours, "-frames:v", String(pictures), ...coder];
  await run("ffmpeg", ["-v", "error", "-y", ...still, ...how, path]);
  return path;
}

/** The pictures of an animation or a film as 24-bit colours, as the browser shows them. */
export async function picturesOf(bench, path) {
  const base64 = (await readFile(path)).toString("base64");
  const page = await bench.browser.newPage();
  await page.goto(bench.origin); // ImageDecoder is for pages of a safe origin only.
  const type = path.endsWith(".gif") ? "image/gif" : "image/webp";
  const pictures = await page.evaluate(decodeInPage, { base64, type });
  await page.close();
  return pictures.map((one) => Buffer.from(one, "base64"));
}

// Debian's FFmpeg cannot read animated WebP.
async function decodeInPage({ base64, type }) {
  const data = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const decoder = new ImageDecoder({ data, type });
  await decoder.tracks.ready;
  await decoder.completed;
  const { frameCount } = decoder.tracks.selectedTrack;
  const pictures = [];
  for (let frameIndex = 0; frameIndex < frameCount; frameIndex += 1) {
    const { image } = await decoder.decode({ frameIndex });
    const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data: rgba } = context.getImageData(0, 0, canvas.width, canvas.height);
    const rgb = rgba.filter((_, i) => i % 4 !== 3);
    let text = "";
    for (let at = 0; at < rgb.length; at += 8192)
      text += String.fromCharCode(...rgb.subarray(at, at + 8192));
    pictures.push(btoa(text));
  }
  return pictures;
}

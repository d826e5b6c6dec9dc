// Load on loopback: 64 clients post 640x480 pictures to /api/v1/hide with wrk (Debian's).
//
//   node bench/load.mjs [--build FOLDER] [--seconds 30] [--only-function]
//
// Promised: no answer but 200, 429 and 503; no growth of memory after the first third of the time; and
// throughput within 15 % of the same pictures by `faceveil hide --jobs 2`. --only-function is for short
// runs: it holds the server to the first, and to a bound of memory. Exit status: 0 when all is kept, 1 when not.
import { execFile, spawn } from "node:child_process";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { copyFile, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import { fileURLToPath } from "node:url";

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    build: { type: "string", default: "build/release" },
    seconds: { type: "string", default: "30" },
    "only-function": { type: "boolean", default: false },
  },
});
const build = resolve(options.build);
const seconds = Number(options.seconds);
const faceveil = join(build, "faceveil");
const clients = 64;
const differentPictures = 8;
const picturesByCommand = 60;
const sampleMs = 250;
// What a page more or less of the allocator's may make; a leak of one picture a request is far above.
const growthMax = 1.05;
const throughputShareMin = 0.85;
// In short runs the server is still filling its pools. The command alone takes half of this for two.
const residentMbMax = 1536;

const folder = await mkdtemp(join(tmpdir(), "faceveil-load-"));
let failed = false;
try {
  const pictures = await drawPictures();
  const served = await underLoad(pictures);
  report(served);
  if (!options["only-function"]) compare(served, await byCommand(pictures));
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

async function drawPictures() {
  const names = [];
  for (let seed = 0; seed < differentPictures; seed += 1) {
    const name = join(folder, `${seed}.jpg`);
    await run(join(build, "tests/cli/draw_picture"), ["vga", name, String(seed)]);
    names.push(name);
  }
  return names;
}

async function underLoad(pictures) {
  const server = spawn(faceveil, ["serve", "--port", "0", "--state-dir", join(folder, "state")], {
    env: { ...process.env, FACEVEIL_LANG: "en" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = new Promise((done) => server.once("close", done));
  try {
    const origin = await addressOf(server);
    await warmUp(origin, pictures[0]);
    const before = await processorSeconds(server.pid);
    const memory = [];
    const sampling = setInterval(() => void residentMb(server.pid).then((mb) => memory.push(mb)), sampleMs);
    const { stdout } = await wrk(origin, pictures);
    clearInterval(sampling);
    const spent = (await processorSeconds(server.pid)) - before;
    return { ...countsIn(stdout), memory, processorSeconds: spent };
  } finally {
    server.kill("SIGTERM");
    await ended;
  }
}

// Networks are loaded when they are first asked for.
async function warmUp(origin, picture) {
  const body = await readFile(picture);
  const headers = { "Content-Type": "image/jpeg" };
  const answer = await fetch(`${origin}/api/v1/hide`, { method: "POST", body, headers });
  if (!answer.ok) throw new Error(`the first picture: ${answer.status}`);
}

function addressOf(server) {
  return new Promise((found, lost) => {
    server.stdout.on("data", (text) => {
      const address = /http:\S+/.exec(String(text));
      if (address) found(address[0]);
    });
    server.once("exit", () => lost(new Error("the server did not start")));
  });
}

// Longer than any wait in a queue of 64, on a busy machine too: wrk counts what takes longer as broken.
function wrk(origin, pictures) {
  const wanted = ["-c", clients, "-t", 2, "-d", `${seconds}s`, "--timeout", "600s"].map(String);
  return run("wrk", [...wanted, "-s", join(here, "load.lua"), `${origin}/api/v1/hide`], {
    env: { ...process.env, LOAD_PICTURES: pictures.join(":") },
  });
}

function countsIn(text) {
  const statuses = {};
  for (const [, status, count] of text.matchAll(/^status (\d+) (\d+)$/gm)) statuses[status] = Number(count);
  const number = (name) => Number(new RegExp(`^${name} ([\\d.]+)$`, "m").exec(text)[1]);
  return { statuses, broken: number("broken"), perSecond: (statuses[200] ?? 0) / number("seconds") };
}

async function residentMb(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

// Of all its threads; clock ticks are hundredths of a second on Linux.
async function processorSeconds(pid) {
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).replace(/^.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function byCommand(pictures) {
  const input = join(folder, "in");
  await mkdir(input);
  for (let i = 0; i < picturesByCommand; i += 1)
    await copyFile(pictures[i % pictures.length], join(input, `${i}.jpg`));
  const start = performance.now();
  const script = '"$0" hide "$1" --out-dir "$2" --jobs 2 >/dev/null; times';
  const { stdout } = await run("sh", ["-c", script, faceveil, input, join(folder, "out")]);
  const perSecond = picturesByCommand / ((performance.now() - start) / 1000);
  return { perSecond, processorSeconds: childSecondsIn(stdout) / picturesByCommand };
}

// The shell's `times`: its own on the first line, its children's on the second, as 1m2.345s.
function childSecondsIn(text) {
  const spent = text.trim().split("\n").pop().matchAll(/(\d+)m([\d.]+)s/g);
  return [...spent].reduce((sum, [, minutes, rest]) => sum + 60 * Number(minutes) + Number(rest), 0);
}

function report({ statuses, broken, perSecond, memory }) {
  console.log(`Load on the machine before: ${loadavg()[0].toFixed(1)} on ${availableParallelism()} cores, ${cpus()[0].model}`);
  console.log(`${clients} clients, ${seconds} s: ${perSecond.toFixed(1)} pictures/s, statuses ${JSON.stringify(statuses)}`);
  const others = Object.keys(statuses).filter((status) => !["200", "429", "503"].includes(status));
  check(others.length === 0 && broken === 0, `no error but 429 and 503 (${broken} broken)`);
  check((statuses[200] ?? 0) > 0, "pictures were hidden");
  if (options["only-function"]) {
    const most = Math.max(...memory);
    check(most <= residentMbMax, `at most ${residentMbMax} MB of memory (${most.toFixed(0)} MB)`);
    return;
  }
  const third = Math.floor(memory.length / 3);
  const settled = median(memory.slice(third, 2 * third));
  const last = median(memory.slice(-third));
  check(last <= settled * growthMax, `memory after a third of the time: ${settled.toFixed(0)} MB, at the end ${last.toFixed(0)} MB`);
}

// Processor time does not depend on what else the machine does: the ratio to look at where it is busy.
function compare(served, command) {
  const share = served.perSecond / command.perSecond;
  const each = served.processorSeconds / served.statuses[200];
  console.log(`faceveil hide --jobs 2: ${command.perSecond.toFixed(1)} pictures/s`);
  console.log(
    `processor time a picture: server ${each.toFixed(3)} s, command ${command.processorSeconds.toFixed(3)} s`,
  );
  check(share >= throughputShareMin, `throughput ${share.toFixed(2)} of the command's, promised ${throughputShareMin}`);
}

function check(kept, sentence) {
  console.log(`${kept ? "kept" : "NOT KEPT"}: ${sentence}`);
  failed ||= !kept;
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

// The examples of docs/api.md do what they show: each is run as it stands, against the real program,
// in a folder with the files that it names.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { sourceFolder, startProgram } from "../page/support/program.mjs";

const run = promisify(execFile);
const documented = "http://127.0.0.1:8080";
const blocks = blocksOf(await readFile(join(sourceFolder, "docs/api.md"), "utf8"));
const runners = {
  sh: { file: "example.sh", command: "sh", options: ["-e"] },
  python: { file: "example.py", command: "python3", options: [] },
  js: { file: "example.mjs", command: process.execPath, options: [] },
};

let program, folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "faceveil-examples-"));
  for (const name of ["photo.jpg", "photo.png", "photo.heic", "cat.png"])
    await run(process.env.FACEVEIL_DRAW, ["vga", join(folder, name), "1"]);
  const still = ["-loop", "1", "-i", join(folder, "photo.png"), "-t", "0.4", "-pix_fmt", "yuv420p"];
  await run("ffmpeg", ["-v", "error", ...still, join(folder, "clip.mp4")]);
  const tone = ["-f", "lavfi", "-i", "sine=frequency=300:sample_rate=16000:duration=1"];
  await run("ffmpeg", ["-v", "error", ...tone, join(folder, "talk.wav")]);
  await writeFile(join(folder, ".curlrc"), "fail\n"); // An error of the server is one of the example.
  program = await startProgram(["--state-dir", join(folder, "state")]);
});

after(async () => {
  await program?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("every kind of example is there", () => {
  const languages = new Set(blocks.map(({ language }) => language));
  assert.deepEqual([...languages].sort(), ["js", "json", "python", "sh", "text"]);
  for (const language of Object.keys(runners))
    assert.ok(blocks.filter((block) => block.language === language).length >= 4, language);
});

for (const { language, line, text } of blocks) {
  const runner = runners[language];
  if (runner)
    test(`docs/api.md, line ${line} (${language})`, async () => {
      assert.ok(text.includes(documented), "an example that asks nobody");
      const path = join(folder, runner.file);
      await writeFile(path, text.replaceAll(documented, program.origin));
      for (const name of outputsOf(text)) await rm(join(folder, name), { force: true });
      const { stdout } = await run(runner.command, [...runner.options, path], {
        cwd: folder,
        env: { ...process.env, CURL_HOME: folder },
        encoding: "latin1",
      });
      await expectOutputs(text, stdout);
    });
}

test("the answers that are shown are JSON", () => {
  for (const { language, line, text } of blocks)
    if (language === "json") assert.ok(JSON.parse(text), `line ${line}`);
});

// What an example says that it writes is there, and is of the kind that its name says.
async function expectOutputs(text, stdout) {
  for (const name of outputsOf(text)) {
    const content = await readFile(join(folder, name));
    assert.equal(kindOf(content), name.split(".").pop(), name);
  }
  if (/faces hidden/.test(text)) assert.match(stdout, /^3 faces hidden/m);
}

function outputsOf(text) {
  const written = /-o ([\w.-]+)|open\("([\w.-]+)", "wb"\)|writeFile\("([\w.-]+)"/g;
  return [...text.matchAll(written)].map((match) => match[1] ?? match[2] ?? match[3]);
}

function kindOf(content) {
  const signatures = { jpg: [0xff, 0xd8], png: [0x89, 0x50], zip: [0x50, 0x4b], json: [0x7b], wav: [0x52, 0x49] };
  const is = ([, signature]) => signature.every((byte, i) => content[i] === byte);
  if (content.subarray(4, 8).toString("latin1") === "ftyp") return "mp4";
  return Object.entries(signatures).find(is)?.[0];
}

function blocksOf(markdown) {
  const lines = markdown.split("\n");
  const found = [];
  for (let i = 0; i < lines.length; i += 1) {
    const fence = /^```(\w+)$/.exec(lines[i]);
    if (!fence) continue;
    const end = lines.indexOf("```", i + 1);
    found.push({ language: fence[1], line: i + 2, text: lines.slice(i + 1, end).join("\n") + "\n" });
    i = end;
  }
  return found;
}

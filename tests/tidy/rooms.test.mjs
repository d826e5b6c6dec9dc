// Rules of the project that no compiler knows: who may include whom, which library lives in which file,
// how long a line may be, that every sentence has a Chinese twin.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
const sources = files.filter((name) => /^src\/.*\.(cc|h)$/.test(name));
const read = (name) => readFileSync(join(root, name), 'utf8');
const roomOf = (name) => name.split('/')[1];
const isTest = (name) => name.endsWith('_test.cc');

// docs/ARCHITECTURE.md: the only arrows allowed.
const arrows = {
  base: [],
  media: ['base'],
  nn: ['base'],
  plan: ['base'],
  detect: ['base', 'media', 'nn', 'plan'],
  redact: ['base', 'media', 'plan'],
  evaluate: ['base', 'media', 'plan', 'redact'],
  pipeline: ['base', 'media', 'nn', 'plan', 'detect', 'redact'],
  app: ['base', 'media', 'nn', 'plan', 'detect', 'redact', 'evaluate', 'pipeline'],
};

const includesOf = (text) => [...text.matchAll(/^#include [<"]([^>"]+)[>"]/gm)].map((match) => match[1]);

// Two classes of one name in one namespace are one to the linker, whatever each of them holds.
test('no two headers define a class of the same name in the same namespace', () => {
  const known = new Map();
  for (const name of sources.filter((each) => each.endsWith('.h'))) {
    const text = read(name);
    const space = text.match(/^namespace ([\w:]+) \{/m)?.[1];
    for (const [, type] of text.matchAll(/^(?:struct|class|enum class) (\w+)(?: final)?(?: : [^;{]*)? \{/gm)) {
      const full = `${space}::${type}`;
      assert.ok(!known.has(full), `${name} and ${known.get(full)} both define ${full}`);
      known.set(full, name);
    }
  }
});

test('what a using declaration names is used', () => {
  for (const name of sources) {
    const text = read(name);
    for (const [line, used] of text.matchAll(/^ *using [\w:]+::(\w+);/gm)) {
      const others = text.replace(line, '');
      assert.match(others, new RegExp(`\\b${used}\\b`), `${name} does not use ${used}`);
    }
  }
});

test('rooms include only along the arrows', () => {
  for (const name of sources) {
    for (const include of includesOf(read(name))) {
      const target = include.split('/')[0];
      if (!(target in arrows) || target === roomOf(name)) continue;
      assert.ok(arrows[roomOf(name)].includes(target), `${name} includes ${include}: not an arrow of docs/ARCHITECTURE.md`);
    }
  }
});

test('sub-folders of a room are private to it', () => {
  for (const name of sources) {
    for (const include of includesOf(read(name))) {
      const parts = include.split('/');
      if (!(parts[0] in arrows) || parts[0] === roomOf(name)) continue;
      assert.equal(parts.length, 2, `${name} includes ${include}, which is private to ${parts[0]}`);
    }
  }
});

// Each library of others has its place; a header elsewhere means that its types leak.
const homes = [
  [/^httplib\.h$/, /^src\/app\/server\//],
  [/^jpeglib\.h$/, /^src\/media\/(still|jpeg)\//],
  [/^lib(av\w+|sw\w+)\//, /^src\/media\/(audio|video)\//],
  [/^vips\//, /^src\/media\/(still|animation)\//],
  [/^xnnpack\.h$/, /^src\/nn\//],
  [/^flatbuffers\//, /^src\/nn\//],
  [/^google\/protobuf\//, /^src\/nn\/onnx_/],
  [/^opencv2\/dnn/, /^src\/detect\/brought\/opencv_dnn\.cc$/],
  [/^opencv2\//, /^src\/(redact\/|detect\/brought\/opencv_dnn\.cc$|detect\/haar\.cc$)/],
  [/^nlohmann\//, /^src\/(plan|pipeline|app|detect)\//],
  [/^CLI\//, /^src\/app\/(commands\/|main\.cc)/],
  [/^seccomp\.h$/, /^src\/app\/offline\.cc$/],
  [/^sqlite3\.h$/, /^src\/app\/server\/jobs\/database\.cc$/],
  [/^spdlog\//, /^src\/base\/log\.cc$/],
  [/^openssl\//, /^src\/(base\/sha256|app\/server\/tls)\.cc$/],
];

test('libraries of others stay in their files', () => {
  for (const name of sources.filter((source) => !isTest(source))) {
    for (const include of includesOf(read(name))) {
      for (const [library, home] of homes) {
        if (library.test(include)) assert.match(name, home, `${name} includes ${include}`);
      }
    }
  }
});

test('lines have at most 100 columns', () => {
  for (const name of files.filter((file) => /\.(cc|h|cmake|fbs|proto)$|CMakeLists\.txt$/.test(file))) {
    read(name).split('\n').forEach((line, index) => {
      if (/https?:\/\//.test(line)) return;
      if (name.endsWith('messages_zh.cc')) return; // A sentence a line, unbroken.
      assert.ok([...line].length <= 100, `${name}:${index + 1} has ${line.length} columns`);
    });
  }
});

test('every header begins with what it is', () => {
  for (const name of sources.filter((source) => source.endsWith('.h'))) {
    assert.match(read(name), /^\/\/ \S/, `${name} has no first comment`);
  }
});

test('no TRY inside braces (it leaks with gcc 12)', () => {
  for (const name of sources) {
    for (const line of read(name).split('\n')) {
      assert.doesNotMatch(line, /[{,(]\s*TRY\([^)]*\)\s*[,}]/, `${name}: ${line.trim()}`);
    }
  }
});

test('every source file is in a CMakeLists.txt', () => {
  const lists = files.filter((file) => /CMakeLists\.txt$/.test(file)).map((file) => [dirname(file), read(file)]);
  for (const name of files.filter((file) => /^(src|tests|bench|fuzz)\/.*\.cc$/.test(file))) {
    const listed = lists.some(([folder, text]) => {
      if (!name.startsWith(`${folder}/`)) return false;
      const local = name.slice(folder.length + 1);
      // Listed by its name, or by the stem that the helpers of CMake complete (_test.cc, _fuzz.cc).
      return text.includes(local) || text.includes(local.replace(/(_fuzz)?\.cc$/, ''));
    });
    assert.ok(listed, `${name} is built by no CMakeLists.txt`);
  }
});

// String literals of one call, adjacent ones joined as the compiler does.
const literal = /"((?:[^"\\]|\\.)*)"/g;
const joined = (text) => [...text.matchAll(literal)].map((match) => JSON.parse(`"${match[1]}"`)).join('');
const messagesIn = (text) => {
  const string = '((?:"(?:[^"\\\\]|\\\\.)*"\\s*)+)';
  const calls = [
    new RegExp(`\\bfail\\(\\s*Error::Kind::\\w+,\\s*${string}`, 'g'),
    new RegExp(`\\bError\\{\\s*Error::Kind::\\w+,\\s*${string}`, 'g'),
    new RegExp(`\\btr\\(\\s*${string}`, 'g'),
    new RegExp(`\\bSentence\\{\\s*${string}`, 'g'),
    new RegExp(`\\btranslate\\(\\s*[^",]+,\\s*${string}`, 'g'),
    new RegExp(`\\b(?:bad_field|wrong|system_error|bad_input|damaged|unsupported)\\((?:[^"();]|\\([^()]*\\)|"\\.[^"]*")*?\\s*${string}`, 'g'),
  ];
  return calls.flatMap((call) => [...text.matchAll(call)].map((match) => joined(match[1])));
};
const placeholders = (text) => [...text.matchAll(/\{\d\}/g)].map((match) => match[0]).sort().join();

test('every sentence has a Chinese twin with the same placeholders', () => {
  const table = new Map([...read('src/base/messages_zh.cc').matchAll(/\{((?:\s*"(?:[^"\\]|\\.)*")+),\s*((?:\s*"(?:[^"\\]|\\.)*")+)\}/g)].map((match) => [joined(match[1]), joined(match[2])]));
  assert.ok(table.size > 20, 'the table of Chinese sentences could not be read');
  const missing = new Set();
  for (const name of sources.filter((source) => !isTest(source))) {
    for (const message of messagesIn(read(name))) {
      if (!/[A-Za-z]{2}.* /.test(message)) continue; // Names, not sentences.
      const twin = table.get(message);
      if (twin === undefined) missing.add(`${name}: ${message}`);
      else assert.equal(placeholders(twin), placeholders(message), message);
    }
  }
  assert.deepEqual([...missing], []);
});

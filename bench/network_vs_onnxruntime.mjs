// Our executor beside ONNX Runtime; run it through network_vs_onnxruntime.sh. network_peer writes each
// network as ONNX; both run it on the same random input, turn by turn, one thread each. A network of which
// the results differ is not worth timing, so the largest difference stands beside the ratio of the medians.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import ort from 'onnxruntime-node';

const ratioPromised = 0.65;
const differenceMax = 1e-3;
const rounds = Number(process.env.ROUNDS ?? 25);
const runsPerRound = 20;
const networks = [
  { name: 'blazeface-full', file: 'face_detection_full_range.tflite', side: 192 },
  { name: 'blazeface-full-sparse', file: 'face_detection_full_range_sparse.tflite', side: 192 },
  { name: 'blazeface-short', file: 'face_detection_short_range.tflite', side: 128 },
];

const build = process.argv[2] ?? 'build/release';

// Our executor in a process of its own, which waits while ONNX Runtime has its turn.
class Ours {
  constructor({ file, side }, folder) {
    const peer = join(build, 'bench', 'network_peer');
    this.process = spawn(peer, [join(build, 'models', file), side, folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }
  async times(count) {
    this.process.stdin.write(`${count}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error('network_peer has ended early');
    return value.trim().split(' ').map(Number);
  }
  end() {
    this.process.stdin.end();
  }
}

// All of ONNX Runtime's graph optimisations, and no thread but the caller's.
class Theirs {
  static async load(onnx, input) {
    const theirs = new Theirs();
    theirs.feeds = { input };
    theirs.session = await ort.InferenceSession.create(onnx, {
      executionProviders: ['cpu'],
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
    });
    return theirs;
  }
  async outputs() {
    const results = await this.session.run(this.feeds);
    return Object.keys(results).map((name) => ({ name, values: results[name].data }));
  }
  async times(count) {
    const times = [];
    for (let i = 0; i < count; ++i) {
      const begin = process.hrtime.bigint();
      await this.session.run(this.feeds);
      times.push(Number(process.hrtime.bigint() - begin) / 1000);
    }
    return times;
  }
}

function readFloats(file) {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}

function largestDifference(outputs, folder) {
  let largest = 0;
  for (const { name, values } of outputs) {
    const ours = readFloats(join(folder, `${name}.f32`));
    if (ours.length !== values.length) return Infinity;
    ours.forEach((value, i) => (largest = Math.max(largest, Math.abs(value - values[i]))));
  }
  return largest;
}

async function takeTurns(competitors) {
  for (const { runner } of competitors) await runner.times(runsPerRound); // Warm.
  for (let round = 0; round < rounds; ++round) {
    for (const { runner, times } of competitors) times.push(...(await runner.times(runsPerRound)));
  }
}

const sorted = (times) => [...times].sort((a, b) => a - b);
const median = (times) => sorted(times)[times.length >> 1];
const ms = (microseconds) => (microseconds / 1000).toFixed(2);

// JavaScript's way into ONNX Runtime costs time that is not the network's: `nothing` measures it, and the
// ratio without it is the one that counts.
function report(network, ours, theirs, nothing, difference) {
  const call = median(nothing);
  const ratio = median(ours) / (median(theirs) - call);
  console.log(`${network.name}: ratio ${ratio.toFixed(2)}, largest difference ${difference.toExponential(1)}`);
  console.log(
    `  medians: ours ${ms(median(ours))} ms, ONNX Runtime ${ms(median(theirs))} ms, of which the call alone` +
      ` ${ms(call)} ms; fastest: ${ms(sorted(ours)[0])} and ${ms(sorted(theirs)[0])} ms`,
  );
  return ratio <= ratioPromised && difference <= differenceMax;
}

async function compare(network, folder) {
  const ours = new Ours(network, folder);
  try {
    await ours.times(1); // It has written its files when it answers.
    const { side } = network;
    const input = new ort.Tensor('float32', readFloats(join(folder, 'input.f32')), [1, 3, side, side]);
    const theirs = await Theirs.load(join(folder, 'network.onnx'), input);
    const nothing = await Theirs.load(join(folder, 'nothing.onnx'), input);
    const difference = largestDifference(await theirs.outputs(), folder);
    const competitors = [ours, theirs, nothing].map((runner) => ({ runner, times: [] }));
    await takeTurns(competitors);
    return report(network, ...competitors.map(({ times }) => times), difference);
  } finally {
    ours.end();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'faceveil-bench-'));
try {
  let isKept = true;
  for (const network of networks) isKept = (await compare(network, folder)) && isKept;
  const verdict = isKept ? 'kept' : 'NOT kept';
  console.log(`promised: ratio <= ${ratioPromised}, difference <= ${differenceMax}: ${verdict}`);
  process.exitCode = isKept ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// Starts the real program on a free port, and stops it.
import "./memory.mjs";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { get } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const sourceFolder = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

/** Photographs that are not part of the project; null where they are not at hand. */
export function sharedFile(name) {
  const folder = process.env.FACEVEIL_SHARED ?? resolve(sourceFolder, "../shared");
  const path = resolve(folder, name);
  return existsSync(path) ? path : null;
}

/**
 * `place`: the folder for its jobs, and the port, for one that is to be started again; else it has a
 * folder until it is stopped. With `tls` (certificate and key, in PEM files, and the certificate's text) and `token` a server that
 * is spoken to over an encrypted line, and wants that token.
 * @returns {Promise<{origin: string, port: number, pid: number, stop: () => Promise<void>, kill: () => Promise<void>}>}
 */
export async function startProgram(options = [], place = {}) {
  const program = resolve(sourceFolder, process.env.FACEVEIL_PROGRAM ?? "build/release/faceveil");
  const port = place.port ?? (await freePort());
  const { tls, token } = place;
  const folder = place.folder ?? (await mkdtemp(join(tmpdir(), "faceveil-state-")));
  const line = tls ? ["--tls-cert", tls.certificate, "--tls-key", tls.key, "--token", token] : [];
  const child = spawn(program, ["serve", "--port", String(port), ...line, ...options], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, XDG_STATE_HOME: folder },
  });
  let complaints = "";
  child.stderr.on("data", (text) => (complaints += text));
  const ended = new Promise((done) => child.once("close", done));
  let failure = null;
  child.once("error", (error) => (failure = error));
  child.once(
    "exit",
    (code) => (failure ??= new Error(`it ended with code ${code}: ${complaints}`)),
  );
  const origin = `${tls ? "https" : "http"}://127.0.0.1:${port}`;
  const ask = tls ? (url) => answersEncrypted(url, tls.text, token) : answers;
  await untilHealthy(origin, ask, () => failure);
  const end = async (signal) => {
    child.kill(signal);
    await ended;
    if (!place.folder) await rm(folder, { recursive: true, force: true });
  };
  const [stop, kill] = [() => end("SIGTERM"), () => end("SIGKILL")];
  return { origin, port, pid: child.pid, stop, kill };
}

async function untilHealthy(origin, ask, failure) {
  const patienceMs = 20_000;
  for (const start = Date.now(); Date.now() - start < patienceMs; await sleep(50)) {
    if (failure()) throw new Error(`faceveil serve did not start: ${failure().message}`);
    if (await ask(`${origin}/api/v1/health`)) return;
  }
  throw new Error(`faceveil serve did not answer within ${patienceMs / 1000} s`);
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function answersEncrypted(url, ca, token) {
  return new Promise((told) => {
    const request = get(url, { ca, headers: { authorization: `Bearer ${token}` } }, (answer) => {
      answer.resume();
      told(answer.statusCode === 200);
    });
    request.once("error", () => told(false));
  });
}

function freePort() {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

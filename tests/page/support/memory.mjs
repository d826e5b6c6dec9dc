// Nothing that a test writes has to outlive it. The program waits for the disk at every picture of a
// job, and chromium at every start, so all of it lies in memory where the system has a place for that.
import { accessSync, constants } from "node:fs";

const memory = "/dev/shm";

function isUsable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

if (isUsable(memory)) process.env.TMPDIR ??= memory; // os.tmpdir() is there from now on.

// Debian's chromium, driven without a window.
import "./memory.mjs";
import { chromium } from "playwright-core";

/** `options` are further ones of chromium's command line. */
export function startBrowser(options = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // Nothing of the browser's own may reach for the network: the tests watch what the page does.
    args: [
      "--headless",
      "--no-sandbox",
      "--use-fake-device-for-media-stream",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...options,
    ],
  });
}

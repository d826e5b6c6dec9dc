// Debian's chromium, driven without a window.
import { chromium } from "playwright-core";

export function startBrowser() {
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
    ],
  });
}

// How the page becomes static files that the program carries inside itself.
import { defineConfig } from "vite";

export default defineConfig({
  // Relative addresses, so that the page works under any path that a proxy gives it.
  base: "./",
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  build: {
    target: "es2022",
    // The server forbids inline code and styles (Content-Security-Policy), so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  // For work on the page alone: `npx vite web`, with `faceveil serve` running beside it.
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
});

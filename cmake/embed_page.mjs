// embed_page.mjs PAGE_FOLDER OUTPUT.cc: every file of the built page as constant data in C++,
// behind src/app/server/page.h.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";

const mimeTypes = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

const [folder, output] = process.argv.slice(2);
const assets = pathsIn(folder).sort().map(assetAt);
mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, sourceOf(assets));

function pathsIn(directory, prefix = "") {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? pathsIn(join(directory, entry.name), `${prefix}${entry.name}/`)
      : [`${prefix}${entry.name}`],
  );
}

function assetAt(path) {
  const content = readFileSync(join(folder, path));
  const mimeType = mimeTypes[extname(path)];
  if (!mimeType) throw new Error(`embed_page.mjs has no MIME type for ${path}`);
  const etag = createHash("sha256").update(content).digest("hex").slice(0, 32);
  return { path: path === "index.html" ? "/" : `/${path}`, mimeType, content, etag };
}

// Character literals, one a byte: compilers may limit the length of a string literal, and plain
// numbers above 127 would not fit where char is signed.
function bytesOf(content) {
  const literals = Array.from(content, (byte) => `'\\x${byte.toString(16).padStart(2, "0")}'`);
  const lines = [];
  for (let i = 0; i < literals.length; i += 16) lines.push(literals.slice(i, i + 16).join(","));
  return lines.join(",\n");
}

function sourceOf(list) {
  const data = list.map(
    ({ content }, i) => `constexpr char content_${i}[] = {\n${bytesOf(content)}};\n`,
  );
  const rows = list.map(
    ({ path, mimeType, content, etag }, i) =>
      `    {${JSON.stringify(path)}, ${JSON.stringify(mimeType)}, ` +
      `{content_${i}, ${content.length}}, ${JSON.stringify(`"${etag}"`)}},\n`,
  );
  return `// Made by cmake/embed_page.mjs from the built page.
#include "app/server/page.h"

namespace faceveil {
namespace {

${data.join("\n")}
constexpr PageAsset assets[] = {
${rows.join("")}};

}  // namespace

std::span<const PageAsset> page_assets() { return assets; }

}  // namespace faceveil
`;
}

// What stands beside the picture in a PNG file: the ancillary chunks that are no colours, the
// frames of an animation, bytes behind the pixels and behind IEND.

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/limits.h"
#include "media/metadata/containers.h"
#include "media/metadata/words.h"
#include "media/still/numbers.h"
#include "media/still/png_chunks.h"
#include "media/still/png_stream.h"

namespace faceveil {
namespace {

using namespace std::string_view_literals;
using enum MetadataKind;

constexpr std::string_view of_picture[] = {"IHDR", "PLTE", "tRNS", "IDAT", "IEND", "gAMA", "cHRM",
                                           "sRGB", "sBIT", "cICP", "bKGD", "mDCV", "cLLI"};

// A text chunk taken apart (PNG, 11.3.3). Absent where its parts are not there.
struct Text {
  std::string keyword, text;  // UTF-8.
};

std::string_view cut_word(std::string_view& rest) {
  const std::string_view word = rest.substr(0, rest.find('\0'));
  rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  return word;
}

std::optional<std::string> opened(std::string_view stream) {
  const auto bytes = inflated(as_bytes(stream), limits::metadata_block_bytes_max);
  if (!bytes) return std::nullopt;
  return std::string(as_text(*bytes));
}

std::optional<Text> read_text(const PngChunk& chunk) {
  std::string_view rest = as_text(chunk.content);
  if (rest.find('\0') == rest.npos) return std::nullopt;
  Text text{latin_to_utf8(cut_word(rest)), {}};
  if (chunk.type == "tEXt") {
    text.text = latin_to_utf8(rest);
    return text;
  }
  const bool is_latin = chunk.type == "zTXt";
  const size_t head_bytes = is_latin ? 1 : 2;
  if (rest.size() < head_bytes) return std::nullopt;
  const bool compressed = is_latin || rest[0] == 1;
  rest.remove_prefix(head_bytes);
  if (!is_latin) cut_word(rest), cut_word(rest);  // Language, and the keyword in it.
  const std::optional<std::string> words = compressed ? opened(rest) : std::string(rest);
  if (!words) return std::nullopt;
  text.text = is_latin ? latin_to_utf8(*words) : *words;
  return text;
}

// Names under which programs write other blocks as hexadecimal text, or pictures.
bool is_block_in_disguise(const Text& text) {
  return text.keyword.starts_with("Raw profile type") || holds_coded_bytes(text.text);
}

void inspect_text(Inspection& to, const PngChunk& chunk) {
  // A stream may open to the limit whatever its own length.
  const bool stored = chunk.type == "tEXt";
  const size_t opened_bytes_max = static_cast<size_t>(limits::metadata_block_bytes_max);
  const size_t work =
      stored ? chunk.content.size() : std::min(opened_bytes_max, 1100 * chunk.content.size());
  if (!to.may_open(work)) {
    to.add(private_data, chunk.whole, std::string(chunk.type));
    return;
  }
  const std::optional<Text> text = read_text(chunk);
  const std::string type(chunk.type);
  if (!text) {
    to.add(damaged, chunk.whole, type);
    return;
  }
  const size_t offset = to.offset_of(chunk.whole);
  if (text->keyword == "XML:com.adobe.xmp") {
    return inspect_xmp(to, as_bytes(text->text), offset, type);
  }
  const std::string detail = type + " " + shown(text->keyword);
  if (is_block_in_disguise(*text)) {
    to.add(private_data, chunk.whole, detail);
    return;
  }
  inspect_note(to, MetadataKind::text, text->keyword, text->text, offset, chunk.whole.size(),
               detail);
}

std::string time_of(BytesView content) {
  char text[32];
  std::snprintf(text, sizeof text, "%04u-%02u-%02u %02u:%02u:%02u", big_u16(content, 0),
                u8_at(content, 2), u8_at(content, 3), u8_at(content, 4), u8_at(content, 5),
                u8_at(content, 6));
  return text;
}

void inspect_chunk(Inspection& to, const PngChunk& chunk) {
  const std::string_view type = chunk.type;
  if (std::find(std::begin(of_picture), std::end(of_picture), type) != std::end(of_picture)) return;
  const std::string name = shown(type);
  if (type == "tEXt" || type == "zTXt" || type == "iTXt") {
    inspect_text(to, chunk);
  } else if (type == "eXIf") {
    const bool prefixed = as_text(chunk.content).starts_with("Exif\0\0"sv);
    const BytesView block = chunk.content.subspan(prefixed ? 6 : 0);
    inspect_exif(to, block, to.offset_of(block), name);
  } else if (type == "iCCP") {
    to.add(icc, chunk.whole, name);
  } else if (type == "pHYs") {
    to.add(density, chunk.whole, name);
  } else if (type == "tIME") {
    to.add(date, chunk.whole, name).value = time_of(chunk.content);
  } else if (type == "acTL" || type == "fcTL" || type == "fdAT") {
    to.add(further_picture, chunk.whole, name);
  } else if (type == "caBX") {
    to.add(content_credentials, chunk.whole, name);
  } else {
    to.add(unknown, chunk.whole, name);
  }
}

void inspect_pixels(Inspection& to, const std::vector<PngChunk>& chunks) {
  if (ends_with_its_stream(chunks)) return;
  for (const PngChunk& chunk : chunks) {
    if (chunk.type == "IDAT") return void(to.add(hidden_bytes, chunk.whole, "behind the pixels"));
  }
  to.add(damaged, to.file, "no IDAT");
}

}  // namespace

void inspect_png(Inspection& to) {
  const Result<std::vector<PngChunk>> chunks = read_png_chunks(to.file);
  if (!chunks) {
    to.add(damaged, to.file, "PNG");
    return;
  }
  for (const PngChunk& chunk : *chunks) inspect_chunk(to, chunk);
  inspect_pixels(to, *chunks);
  const BytesView last = chunks->back().whole;
  const BytesView tail = to.file.subspan(to.offset_of(last) + last.size());
  if (!chunks->back().content.empty()) to.add(hidden_bytes, last, "IEND");
  if (!tail.empty()) to.add(trailing_bytes, tail, "behind IEND");
}

}  // namespace faceveil

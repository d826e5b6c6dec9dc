// What stands beside the first picture in a GIF file (GIF89a): extensions, further pictures, bytes
// behind the trailer.

#include <algorithm>
#include <string_view>

#include "media/metadata/containers.h"
#include "media/metadata/words.h"
#include "media/still/gif_blocks.h"
#include "media/still/numbers.h"

namespace faceveil {
namespace {

using enum MetadataKind;

constexpr uint32_t label_plain_text = 0x01, label_control = 0xf9, label_comment = 0xfe,
                   label_application = 0xff;

std::string text_of_blocks(BytesView file, size_t at) {
  std::string text;
  while (at < file.size() && u8_at(file, at) != 0 && text.size() <= note_bytes_max) {
    const size_t length = std::min<size_t>(u8_at(file, at), file.size() - at - 1);
    text += as_text(file.subspan(at + 1, length));
    at += 1 + length;
  }
  return text;
}

// How often, and how long, pictures are shown: what stands behind that players skip.
constexpr size_t control_bytes = 8, loop_bytes = 19;

void inspect_rest(Inspection& to, BytesView block, size_t known_bytes) {
  if (block.size() > known_bytes) to.add(hidden_bytes, block, "extension");
}

// XMP stands there as it is, without sub-blocks, and 258 bytes after it that lead readers of
// sub-blocks to the end (XMP Specification part 3, 1.1.2).
void inspect_application(Inspection& to, BytesView block) {
  constexpr size_t head_bytes = 14, magic_bytes = 258;
  if (block.size() < head_bytes) return void(to.add(unknown, block, "application extension"));
  const std::string_view name = as_text(block).substr(3, 11);
  if (name == "NETSCAPE2.0" || name == "ANIMEXTS1.0") return inspect_rest(to, block, loop_bytes);
  if (name == "ICCRGBG1012") return void(to.add(icc, block, "application extension"));
  if (name != "XMP DataXMP" || block.size() < head_bytes + magic_bytes) {
    return void(to.add(unknown, block, "application extension " + shown(name)));
  }
  const BytesView packet = block.subspan(head_bytes, block.size() - head_bytes - magic_bytes);
  inspect_xmp(to, packet, to.offset_of(packet), "application extension");
}

void inspect_extension(Inspection& to, BytesView block) {
  const uint32_t label = u8_at(block, 1);
  if (label == label_control) return inspect_rest(to, block, control_bytes);
  if (label == label_application) return inspect_application(to, block);
  if (label != label_comment && label != label_plain_text) {
    return void(to.add(unknown, block, "extension " + std::to_string(label)));
  }
  const bool is_comment = label == label_comment;
  const size_t head_bytes = is_comment ? 2 : 15;
  const std::string words = text_of_blocks(block, head_bytes);
  const std::string text = is_text(words) ? words : latin_to_utf8(words);
  inspect_note(to, is_comment ? comment : MetadataKind::text, is_comment ? "Comment" : "Text", text,
               to.offset_of(block), block.size(),
               is_comment ? "comment extension" : "plain text extension");
}

}  // namespace

void inspect_gif(Inspection& to) {
  size_t at = first_gif_block(to.file);
  bool picture_seen = false;
  while (at < to.file.size()) {
    const uint32_t kind = u8_at(to.file, at);
    if (kind != gif_extension && kind != gif_image) break;
    const size_t end = end_of_gif_block(to.file, at);
    const BytesView block = to.file.subspan(at, end - at);
    if (kind == gif_extension) inspect_extension(to, block);
    if (kind == gif_image && picture_seen) to.add(further_picture, block, "frame");
    picture_seen |= kind == gif_image;
    at = end;
  }
  const bool ended = at < to.file.size() && u8_at(to.file, at) == gif_trailer;
  if (!ended) to.add(damaged, to.file.last(0), "no trailer");
  const size_t end = std::min(at + (ended ? 1 : 0), to.file.size());
  if (end < to.file.size()) to.add(trailing_bytes, to.file.subspan(end), "behind the trailer");
}

}  // namespace faceveil

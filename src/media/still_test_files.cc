#include "media/still_test_files.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "media/still/numbers.h"

namespace faceveil::test {
namespace {

Bytes inserted(BytesView file, size_t at, BytesView piece) {
  Bytes whole;
  whole.reserve(file.size() + piece.size());
  append(whole, file.first(at));
  append(whole, piece);
  append(whole, file.subspan(at));
  return whole;
}

uint32_t fixed_16(double value) {
  return static_cast<uint32_t>(static_cast<int32_t>(value * 65536));
}

Bytes xyz_tag(double x, double y, double z) {
  Bytes tag;
  append(tag, as_bytes("XYZ "));
  append_big(tag, 0, 4);
  for (const double value : {x, y, z}) append_big(tag, fixed_16(value), 4);
  return tag;
}

Bytes gamma_tag() {
  Bytes tag;
  append(tag, as_bytes("curv"));
  append_big(tag, 0, 4);
  append_big(tag, 1, 4);
  append_big(tag, 0x0233, 4);  // 2.2 in eighths of a byte, and two bytes to fill.
  tag[12] = std::byte{0x02};
  tag[13] = std::byte{0x33};
  tag[14] = tag[15] = std::byte{0};
  return tag;
}

Bytes text_tag(std::string_view type, std::string_view text) {
  Bytes tag;
  append(tag, as_bytes(type));
  append_big(tag, 0, 4);
  if (type == "desc") append_big(tag, static_cast<uint32_t>(text.size() + 1), 4);
  append(tag, as_bytes(text));
  tag.resize((tag.size() + 1 + (type == "desc" ? 78 : 0) + 3) / 4 * 4);
  return tag;
}

Bytes icc_header(size_t profile_bytes) {
  Bytes header;
  append_big(header, static_cast<uint32_t>(profile_bytes), 4);
  append_big(header, 0, 4);
  append_big(header, 0x02100000, 4);
  append(header, as_bytes("mntrRGB XYZ "));
  for (const uint32_t part : {2026u, 1u, 1u, 0u, 0u, 0u}) append_big(header, part, 2);
  append(header, as_bytes("acsp"));
  header.resize(68);
  for (const uint32_t part : {0xf6d6u, 0x10000u, 0xd32du}) append_big(header, part, 4);  // D50.
  header.resize(128);
  return header;
}

}  // namespace

Still still_with(Image image, StillFormat format) {
  Still still;
  still.image = std::move(image);
  still.format = format;
  return still;
}

Image widened_to_rgb(const Image& image) {
  if (image.channels() >= 3) return *image.copy();
  CHECK(bytes_per_sample(image.format()) == 1);
  const int wide = image.channels() + 2;
  Image colours = *Image::create(pixel_format(wide, 1), image.size());
  const uint8_t* from = image.row<uint8_t>(0);
  uint8_t* to = colours.row<uint8_t>(0);
  for (size_t i = 0; i < colours.size_bytes(); i += static_cast<size_t>(wide)) {
    to[i] = to[i + 1] = to[i + 2] = *from++;
    if (wide == 4) to[i + 3] = *from++;
  }
  return colours;
}

Image stored_for(const Image& upright, Orientation orientation) {
  // A quarter turn is undone by the other quarter turn, all else by itself.
  Orientation undo = orientation;
  if (orientation == Orientation::right_top) undo = Orientation::left_bottom;
  if (orientation == Orientation::left_bottom) undo = Orientation::right_top;
  return *turned_upright(*upright.copy(), undo);
}

Bytes small_icc_profile() {
  const std::vector<std::pair<std::string_view, Bytes>> tags = {
      {"desc", text_tag("desc", "FaceVeil test")},
      {"cprt", text_tag("text", "none")},
      {"wtpt", xyz_tag(0.9642, 1, 0.8249)},
      {"rXYZ", xyz_tag(0.4361, 0.2225, 0.0139)},
      {"gXYZ", xyz_tag(0.3851, 0.7169, 0.0971)},
      {"bXYZ", xyz_tag(0.1431, 0.0606, 0.7139)},
      {"rTRC", gamma_tag()},
      {"gTRC", gamma_tag()},
      {"bTRC", gamma_tag()}};
  Bytes table, data;
  append_big(table, static_cast<uint32_t>(tags.size()), 4);
  const size_t data_at = 128 + 4 + 12 * tags.size();
  for (const auto& [name, content] : tags) {
    append(table, as_bytes(name));
    append_big(table, static_cast<uint32_t>(data_at + data.size()), 4);
    append_big(table, static_cast<uint32_t>(content.size()), 4);
    append(data, content);
  }
  Bytes profile = icc_header(data_at + data.size());
  append(profile, table);
  append(profile, data);
  return profile;
}

Bytes exif_with(Orientation orientation, std::string_view text) {
  const auto text_bytes = static_cast<uint32_t>(text.size() + 1);
  Bytes exif = bytes_of("MM");
  append_big(exif, 42, 2);
  append_big(exif, 8, 4);
  append_big(exif, 2, 2);
  constexpr uint32_t text_at = 8 + 2 + 2 * 12 + 4;
  for (const uint32_t part : {271u, 2u}) append_big(exif, part, 2);
  for (const uint32_t part : {text_bytes, text_at}) append_big(exif, part, 4);
  for (const uint32_t part : {274u, 3u}) append_big(exif, part, 2);
  append_big(exif, 1, 4);
  append_big(exif, static_cast<uint32_t>(orientation) << 16, 4);
  append_big(exif, 0, 4);
  append(exif, as_bytes(text));
  exif.push_back(std::byte{0});
  return exif;
}

Bytes with_jpeg_segment(BytesView jpeg, uint8_t marker, BytesView content) {
  Bytes segment;
  append_big(segment, 0xff00u | marker, 2);
  append_big(segment, static_cast<uint32_t>(content.size() + 2), 2);
  append(segment, content);
  return inserted(jpeg, 2, segment);
}

uint32_t png_checksum(BytesView bytes) {
  uint32_t sum = ~0u;
  for (const std::byte b : bytes) {
    sum ^= static_cast<uint32_t>(b);
    for (int bit = 0; bit < 8; ++bit) sum = sum & 1 ? sum >> 1 ^ 0xedb88320u : sum >> 1;
  }
  return ~sum;
}

Bytes with_png_chunk(BytesView png, std::string_view type, BytesView content) {
  Bytes checked = bytes_of(type);
  append(checked, content);
  Bytes chunk;
  append_big(chunk, static_cast<uint32_t>(content.size()), 4);
  append(chunk, checked);
  append_big(chunk, png_checksum(checked), 4);
  constexpr size_t signature_and_header_bytes = 8 + 25;
  return inserted(png, signature_and_header_bytes, chunk);
}

Bytes with_webp_chunks(BytesView webp, Size size, const std::vector<Chunk>& chunks) {
  Bytes rest = bytes_of("VP8X");
  uint32_t flags = 0;
  for (const Chunk& chunk : chunks) {
    if (chunk.type == "EXIF") flags |= 0x08;
    if (chunk.type == "XMP ") flags |= 0x04;
  }
  append_little(rest, 10, 4);
  append_little(rest, flags, 4);
  append_little(rest, static_cast<uint32_t>(size.width - 1), 3);
  append_little(rest, static_cast<uint32_t>(size.height - 1), 3);
  const bool extended_already = as_text(webp.subspan(12)).starts_with("VP8X");
  append(rest, webp.subspan(extended_already ? 12 + 18 : 12));
  for (const Chunk& chunk : chunks) {
    append(rest, as_bytes(chunk.type));
    append_little(rest, static_cast<uint32_t>(chunk.content.size()), 4);
    append(rest, chunk.content);
    if (chunk.content.size() % 2 == 1) rest.push_back(std::byte{0});
  }
  Bytes file = bytes_of("RIFF");
  append_little(file, static_cast<uint32_t>(rest.size() + 4), 4);
  append(file, as_bytes("WEBP"));
  append(file, rest);
  return file;
}

Bytes plain_tiff(const Image& gray, Orientation orientation, std::string_view description) {
  CHECK(gray.format() == PixelFormat::gray8);
  const auto width = static_cast<uint32_t>(gray.size().width);
  const auto height = static_cast<uint32_t>(gray.size().height);
  constexpr uint32_t pixels_at = 8;
  const uint32_t text_at = pixels_at + width * height;
  const auto text_bytes = static_cast<uint32_t>(description.size() + 1);
  constexpr uint32_t short_type = 3, long_type = 4, text_type = 2;
  struct Entry {
    uint32_t tag, type, count, value;
  };
  std::vector<Entry> entries = {{256, long_type, 1, width},
                                {257, long_type, 1, height},
                                {258, short_type, 1, 8},
                                {259, short_type, 1, 1},
                                {262, short_type, 1, 1},
                                {270, text_type, text_bytes, text_at},
                                {273, long_type, 1, pixels_at},
                                {274, short_type, 1, static_cast<uint32_t>(orientation)},
                                {277, short_type, 1, 1},
                                {278, long_type, 1, height},
                                {279, long_type, 1, width * height}};
  if (description.empty())
    std::erase_if(entries, [](const Entry& entry) { return entry.tag == 270; });
  Bytes file = bytes_of("II");
  append_little(file, 42, 2);
  append_little(file, text_at + text_bytes, 4);
  append(file, {gray.data(), gray.size_bytes()});
  append(file, as_bytes(description));
  file.push_back(std::byte{0});
  append_little(file, static_cast<uint32_t>(entries.size()), 2);
  for (const Entry& entry : entries) {
    append_little(file, entry.tag, 2);
    append_little(file, entry.type, 2);
    append_little(file, entry.count, 4);
    append_little(file, entry.value, 4);
  }
  append_little(file, 0, 4);
  return file;
}

Bytes bytes_of(std::string_view text) {
  const BytesView bytes = as_bytes(text);
  return {bytes.begin(), bytes.end()};
}

bool contains(BytesView bytes, std::string_view text) {
  return as_text(bytes).find(text) != std::string_view::npos;
}

}  // namespace faceveil::test

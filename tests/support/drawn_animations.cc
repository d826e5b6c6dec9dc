#include "tests/support/drawn_animations.h"

#include <algorithm>
#include <cstring>
#include <map>

#include "base/check.h"
#include "media/still.h"
#include "media/still/numbers.h"
#include "media/still/riff_chunks.h"

namespace faceveil::test {
namespace {

int between(int least, int most, std::mt19937& random) {
  return std::uniform_int_distribution(least, most)(random);
}

// A few colours for all frames of an animation, and some more; none is black.
void random_pixel(uint8_t* pixel, std::mt19937& random) {
  const int colour = between(0, 39, random);
  if (colour < 6) return;
  for (int c = 0; c < 3; ++c) pixel[c] = static_cast<uint8_t>(40 + colour * (c + 3) % 211);
  pixel[3] = 255;
}

uint32_t number_of(const uint8_t* pixel) {
  return static_cast<uint32_t>(pixel[0]) << 16 | static_cast<uint32_t>(pixel[1]) << 8 | pixel[2];
}

constexpr uint8_t transparent = 127, clear_code = 128, end_code = 129;

// The palette of one frame, and its pixels as places in it.
struct Indexed {
  std::map<uint32_t, uint8_t> place_of;
  std::vector<uint8_t> places;
};

Indexed indexed(const Image& image) {
  Indexed result;
  const uint8_t* pixel = image.row<uint8_t>(0);
  for (size_t at = 0; at < image.size_bytes(); at += 4) {
    const auto next = static_cast<uint8_t>(result.place_of.size());
    uint8_t place = transparent;
    if (pixel[at + 3] != 0) {
      place = result.place_of.try_emplace(number_of(pixel + at), next).first->second;
    }
    CHECK(result.place_of.size() <= transparent);
    result.places.push_back(place);
  }
  return result;
}

void append_sub_blocks(Bytes& file, BytesView bytes) {
  while (!bytes.empty()) {
    const size_t length = std::min<size_t>(255, bytes.size());
    file.push_back(static_cast<std::byte>(length));
    append(file, bytes.first(length));
    bytes = bytes.subspan(length);
  }
  file.push_back(std::byte{0});
}

// Codes of 8 bits: the table is cleared before it outgrows them.
Bytes uncompressed(const std::vector<uint8_t>& places) {
  Bytes codes;
  for (size_t i = 0; i < places.size(); ++i) {
    if (i % 100 == 0) codes.push_back(std::byte{clear_code});
    codes.push_back(std::byte{places[i]});
  }
  codes.push_back(std::byte{end_code});
  return codes;
}

void append_gif_frame(Bytes& file, const DrawnFrame& frame) {
  const Indexed picture = indexed(frame.image);
  append(file, as_bytes("\x21\xf9\x04"));
  append_little(file, static_cast<uint32_t>(frame.disposal) << 2 | 1, 1);
  append_little(file, static_cast<uint32_t>(frame.duration_ms / 10), 2);
  append_little(file, transparent, 1);
  append_little(file, 0, 1);
  append(file, as_bytes("\x2c"));
  for (const int number : {frame.x, frame.y, frame.image.size().width, frame.image.size().height}) {
    append_little(file, static_cast<uint32_t>(number), 2);
  }
  append_little(file, 0x86, 1);  // A palette of 128 of its own.
  Bytes palette(size_t{3} * 128);
  for (const auto& [colour, place] : picture.place_of) {
    for (size_t c = 0; c < 3; ++c) {
      palette[place * size_t{3} + c] = static_cast<std::byte>(colour >> (16 - 8 * c) & 0xff);
    }
  }
  append(file, palette);
  append_little(file, 7, 1);
  append_sub_blocks(file, uncompressed(picture.places));
}

void append_gif_words(Bytes& file) {
  append(file, as_bytes("\x21\xfe"));
  append_sub_blocks(file, as_bytes("a comment with a name"));
  append(file, as_bytes("\x21\xff\x0bMANUFACT1.0"));
  append_sub_blocks(file, as_bytes("private things"));
}

void clear(Image& canvas, const DrawnFrame& frame) {
  const auto row_bytes = static_cast<size_t>(frame.image.stride_bytes());
  for (int y = 0; y < frame.image.size().height; ++y) {
    std::memset(canvas.row<uint8_t>(frame.y + y) + ptrdiff_t{frame.x} * 4, 0, row_bytes);
  }
}

void draw(Image& canvas, const DrawnFrame& frame) {
  for (int y = 0; y < frame.image.size().height; ++y) {
    const uint8_t* from = frame.image.row<uint8_t>(y);
    uint8_t* to = canvas.row<uint8_t>(frame.y + y) + ptrdiff_t{frame.x} * 4;
    for (int x = 0; x < frame.image.size().width; ++x, from += 4, to += 4) {
      if (from[3] != 0 || !frame.blends) std::copy_n(from, 4, to);
    }
  }
}

Bytes coded_webp(const Image& image) {
  Still still;
  still.image = *image.copy();
  const Bytes file = *encode_still(still, StillFormat::webp);
  const std::vector<RiffChunk> read = *read_riff_chunks(file);
  Bytes chunks;
  for (const RiffChunk& chunk : read) {
    if (chunk.type != "VP8X") append_riff_chunk(chunks, chunk.type, chunk.content);
  }
  return chunks;
}

}  // namespace

std::vector<DrawnFrame> random_frames(Size size, int count, bool can_go_back,
                                      std::mt19937& random) {
  std::vector<DrawnFrame> frames;
  for (int i = 0; i < count; ++i) {
    DrawnFrame frame;
    const bool fills = between(0, 2, random) == 0;
    frame.x = fills ? 0 : between(0, size.width / 2 - 1, random) & ~1;
    frame.y = fills ? 0 : between(0, size.height / 2 - 1, random) & ~1;
    const int width = fills ? size.width : between(1, size.width - frame.x, random);
    const int height = fills ? size.height : between(1, size.height - frame.y, random);
    frame.image = *Image::create(PixelFormat::rgba8, Size{width, height});
    for (size_t at = 0; at < frame.image.size_bytes(); at += 4) {
      random_pixel(frame.image.row<uint8_t>(0) + at, random);
    }
    frame.duration_ms = 10 * between(0, 30, random);
    frame.disposal = static_cast<Disposal>(between(1, can_go_back ? 3 : 2, random));
    frame.blends = can_go_back || between(0, 1, random) == 0;
    frames.push_back(std::move(frame));
  }
  return frames;
}

Bytes gif_of(Size size, const std::vector<DrawnFrame>& frames, int plays, bool words) {
  Bytes file;
  append(file, as_bytes("GIF89a"));
  append_little(file, static_cast<uint32_t>(size.width), 2);
  append_little(file, static_cast<uint32_t>(size.height), 2);
  append_little(file, 0, 3);
  if (plays != 1) {
    append(file, as_bytes("\x21\xff\x0bNETSCAPE2.0\x03\x01"));
    append_little(file, static_cast<uint32_t>(std::max(0, plays - 1)), 2);
    append_little(file, 0, 1);
  }
  if (words) append_gif_words(file);
  for (const DrawnFrame& frame : frames) append_gif_frame(file, frame);
  append(file, as_bytes(";"));
  return file;
}

Bytes webp_of(Size size, const std::vector<DrawnFrame>& frames, int plays, bool words) {
  Bytes header, animation, body;
  append_little(header, 0x12 | (words ? 0x0c : 0), 4);
  append_little(header, static_cast<uint32_t>(size.width - 1), 3);
  append_little(header, static_cast<uint32_t>(size.height - 1), 3);
  append_riff_chunk(body, "VP8X", header);
  append_little(animation, 0, 4);
  append_little(animation, static_cast<uint32_t>(plays), 2);
  append_riff_chunk(body, "ANIM", animation);
  for (const DrawnFrame& frame : frames) {
    Bytes content;
    for (const int number : {frame.x / 2, frame.y / 2, frame.image.size().width - 1,
                             frame.image.size().height - 1, frame.duration_ms}) {
      append_little(content, static_cast<uint32_t>(number), 3);
    }
    const bool clears = frame.disposal == Disposal::clears;
    append_little(content, (frame.blends ? 0U : 2U) | (clears ? 1U : 0U), 1);
    append(content, coded_webp(frame.image));
    append_riff_chunk(body, "ANMF", content);
  }
  if (words) append_riff_chunk(body, "EXIF", as_bytes("II*\0 no directory that makes sense"));
  if (words) append_riff_chunk(body, "XMP ", as_bytes("<x:xmpmeta>a name</x:xmpmeta>"));
  return riff_file(body);
}

std::vector<Image> seen_pictures(Size size, const std::vector<DrawnFrame>& frames) {
  Image canvas = *Image::create(PixelFormat::rgba8, size);
  std::vector<Image> pictures;
  for (const DrawnFrame& frame : frames) {
    Image before = *canvas.copy();
    draw(canvas, frame);
    pictures.push_back(*canvas.copy());
    if (frame.disposal == Disposal::clears) clear(canvas, frame);
    if (frame.disposal == Disposal::goes_back) canvas = std::move(before);
  }
  return pictures;
}

}  // namespace faceveil::test

#include "media/still/png_stream.h"

#include <zlib.h>

#include <algorithm>
#include <array>

#include "media/still/numbers.h"

namespace faceveil {
namespace {

class Inflater {
 public:
  Inflater() { ready_ = inflateInit(&stream_) == Z_OK; }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  bool at_end() const { return at_end_; }

  // Goes on with `bytes`, and gives what they hold to `take`, which says whether to go on. False
  // where they are damaged, or are left over at the stream's end.
  template <typename Take>
  bool feed(BytesView bytes, const Take& take) {
    if (!ready_ || (at_end_ && !bytes.empty())) return false;
    stream_.next_in = const_cast<Bytef*>(as_u8(bytes));
    stream_.avail_in = static_cast<uInt>(bytes.size());  // A chunk's length has 32 bits.
    do {
      stream_.next_out = opened_.data();
      stream_.avail_out = static_cast<uInt>(opened_.size());
      const int result = inflate(&stream_, Z_NO_FLUSH);
      if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return false;
      at_end_ = result == Z_STREAM_END;
      const size_t count = opened_.size() - stream_.avail_out;
      if (!take(std::as_bytes(std::span(opened_.data(), count)))) return false;
    } while (!at_end_ && (stream_.avail_in > 0 || stream_.avail_out == 0));
    return stream_.avail_in == 0;
  }

 private:
  z_stream stream_{};
  std::array<Bytef, 1 << 16> opened_;
  bool ready_ = false, at_end_ = false;
};

// Bytes of the rows of a picture or of one pass of it, each with its filter's number (section 7).
uint64_t rows_bytes(uint64_t width, uint64_t height, uint64_t bits_per_pixel) {
  return width == 0 || height == 0 ? 0 : height * (1 + (width * bits_per_pixel + 7) / 8);
}

uint64_t channels_of(uint32_t colour_type) {
  constexpr std::array<uint8_t, 7> channels = {1, 0, 3, 1, 2, 0, 4};
  return colour_type < channels.size() ? channels[colour_type] : 0;
}

// What IHDR asks for: one picture, or the seven passes of Adam7 (section 8.2).
uint64_t picture_bytes(BytesView header) {
  const uint64_t width = big_u32(header, 0), height = big_u32(header, 4);
  const uint64_t bits = u8_at(header, 8) * channels_of(u8_at(header, 9));
  if (u8_at(header, 12) == 0) return rows_bytes(width, height, bits);
  struct Pass {
    uint64_t x, y, across, down;
  };
  constexpr Pass passes[] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                             {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
  uint64_t bytes = 0;
  for (const Pass& pass : passes) {
    bytes += rows_bytes((width + pass.across - 1 - pass.x) / pass.across,
                        (height + pass.down - 1 - pass.y) / pass.down, bits);
  }
  return bytes;
}

}  // namespace

bool ends_with_its_stream(const std::vector<PngChunk>& chunks) {
  if (chunks.empty() || chunks.front().type != "IHDR") return false;
  const uint64_t wanted = picture_bytes(chunks.front().content);
  uint64_t opened = 0;
  const auto count = [&](BytesView bytes) {
    opened += bytes.size();
    return opened <= wanted;
  };
  Inflater inflater;
  for (const PngChunk& chunk : chunks) {
    if (chunk.type == "IDAT" && !inflater.feed(chunk.content, count)) return false;
  }
  return inflater.at_end() && opened == wanted;
}

std::optional<Bytes> inflated(BytesView stream, size_t bytes_max) {
  Bytes opened;
  Inflater inflater;
  const bool whole = inflater.feed(stream, [&](BytesView bytes) {
    append(opened, bytes);
    return opened.size() <= bytes_max;
  });
  if (!whole || !inflater.at_end()) return std::nullopt;
  return opened;
}

}  // namespace faceveil

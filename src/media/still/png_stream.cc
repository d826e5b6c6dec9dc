#include "media/still/png_stream.h"

#include <zlib.h>

#include <array>

namespace faceveil {
namespace {

class Inflater {
 public:
  Inflater() { ready_ = inflateInit(&stream_) == Z_OK; }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  bool at_end() const { return at_end_; }

  // Goes on with `bytes`; false where they are damaged, or are left over at the stream's end.
  bool feed(BytesView bytes) {
    if (!ready_ || (at_end_ && !bytes.empty())) return false;
    stream_.next_in = const_cast<Bytef*>(as_u8(bytes));
    stream_.avail_in = static_cast<uInt>(bytes.size());  // A chunk's length has 32 bits.
    while (stream_.avail_in > 0 && !at_end_) {
      stream_.next_out = unused_.data();
      stream_.avail_out = static_cast<uInt>(unused_.size());
      const int result = inflate(&stream_, Z_NO_FLUSH);
      if (result != Z_OK && result != Z_STREAM_END) return false;
      at_end_ = result == Z_STREAM_END;
    }
    return stream_.avail_in == 0;
  }

 private:
  z_stream stream_{};
  std::array<Bytef, 1 << 16> unused_;  // Only where the stream ends is asked for.
  bool ready_ = false, at_end_ = false;
};

}  // namespace

bool ends_with_its_stream(const std::vector<PngChunk>& chunks) {
  Inflater inflater;
  for (const PngChunk& chunk : chunks) {
    if (chunk.type == "IDAT" && !inflater.feed(chunk.content)) return false;
  }
  return inflater.at_end();
}

}  // namespace faceveil

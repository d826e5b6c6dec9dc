#include "media/audio/libav.h"

#include <algorithm>
#include <cstring>

#include "base/limits.h"

namespace faceveil::libav {
namespace {

constexpr int buffer_bytes = 1 << 16;
constexpr int64_t output_bytes_max = 2 * limits::input_bytes_max;

// Where a seek leads, or an error of libav.
int64_t sought(int64_t offset, int whence, int64_t position, int64_t size) {
  switch (whence & ~AVSEEK_FORCE) {
    case AVSEEK_SIZE:
      return size;
    case SEEK_SET:
      return offset;
    case SEEK_CUR:
      return position + offset;
    case SEEK_END:
      return size + offset;
    default:
      return AVERROR(EINVAL);
  }
}

template <typename File>
int64_t seek_in(void* opaque, int64_t offset, int whence) {
  File& file = *static_cast<File*>(opaque);
  const auto size = static_cast<int64_t>(file.bytes.size());
  const int64_t place = sought(offset, whence, file.position, size);
  if ((whence & AVSEEK_SIZE) != 0 || place < 0) return place;
  if (place > output_bytes_max) return AVERROR(EINVAL);
  return file.position = place;
}

int read_from(void* opaque, uint8_t* to, int count_max) {
  InputFile& file = *static_cast<InputFile*>(opaque);
  const int64_t left = static_cast<int64_t>(file.bytes.size()) - file.position;
  if (left <= 0) return AVERROR_EOF;
  const int64_t count = std::min<int64_t>(left, count_max);
  std::memcpy(to, file.bytes.data() + file.position, static_cast<size_t>(count));
  file.position += count;
  return static_cast<int>(count);
}

int write_to(void* opaque, uint8_t* from, int count) {
  OutputFile& file = *static_cast<OutputFile*>(opaque);
  const int64_t end = file.position + count;
  if (end > output_bytes_max) return AVERROR(ENOSPC);
  if (end > static_cast<int64_t>(file.bytes.size())) file.bytes.resize(static_cast<size_t>(end));
  std::memcpy(file.bytes.data() + file.position, from, static_cast<size_t>(count));
  file.position = end;
  return count;
}

uint8_t* buffer() { return static_cast<uint8_t*>(av_malloc(buffer_bytes)); }

}  // namespace

InputFile::InputFile(BytesView file)
    : bytes(file),
      io(avio_alloc_context(buffer(), buffer_bytes, 0, this, read_from, nullptr,
                            seek_in<InputFile>)) {}

OutputFile::OutputFile()
    : io(avio_alloc_context(buffer(), buffer_bytes, 1, this, nullptr, write_to,
                            seek_in<OutputFile>)) {}

void be_quiet() { av_log_set_level(AV_LOG_QUIET); }

}  // namespace faceveil::libav

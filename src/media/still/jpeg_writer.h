// libjpeg while it writes one file into memory.
#pragma once

#include "base/bytes.h"
#include "media/still/jpeg_guard.h"

namespace faceveil {

// The bytes grow here, where longjmp passes nothing by.
struct JpegWriter {
  jpeg_compress_struct info{};
  JpegErrors errors{};
  jpeg_destination_mgr destination{};
  size_t expected_bytes;
  Bytes bytes;  // The file, after jpeg_finish_compress.

  // `expected_bytes`: a guess at the file's size; a good one saves copies.
  explicit JpegWriter(size_t expected_bytes);
  JpegWriter(const JpegWriter&) = delete;
  JpegWriter& operator=(const JpegWriter&) = delete;
  ~JpegWriter() { jpeg_destroy_compress(&info); }
};

// Creates the compressor. Only from inside guarded().
void open(JpegWriter&);

}  // namespace faceveil

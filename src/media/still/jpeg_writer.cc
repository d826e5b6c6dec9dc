#include "media/still/jpeg_writer.h"

#include <algorithm>

namespace faceveil {
namespace {

constexpr size_t first_bytes_least = 1 << 14;

JpegWriter& writer_of(j_compress_ptr info) { return *static_cast<JpegWriter*>(info->client_data); }

// Hands libjpeg the bytes from `used` on.
void offer_space(JpegWriter& writer, size_t used) {
  writer.destination.next_output_byte = reinterpret_cast<JOCTET*>(writer.bytes.data()) + used;
  writer.destination.free_in_buffer = writer.bytes.size() - used;
}

void start_bytes(j_compress_ptr info) {
  JpegWriter& writer = writer_of(info);
  writer.bytes.resize(std::max(first_bytes_least, writer.expected_bytes));
  offer_space(writer, 0);
}

boolean double_bytes(j_compress_ptr info) {
  JpegWriter& writer = writer_of(info);
  const size_t used = writer.bytes.size();
  writer.bytes.resize(2 * used);
  offer_space(writer, used);
  return TRUE;
}

void cut_bytes(j_compress_ptr info) {
  JpegWriter& writer = writer_of(info);
  writer.bytes.resize(writer.bytes.size() - writer.destination.free_in_buffer);
}

}  // namespace

JpegWriter::JpegWriter(size_t expected) : expected_bytes(expected) {
  install(errors, reinterpret_cast<j_common_ptr>(&info));
  destination = {nullptr, 0, start_bytes, double_bytes, cut_bytes};
}

void open(JpegWriter& writer) {
  jpeg_create_compress(&writer.info);
  writer.info.client_data = &writer;
  writer.info.dest = &writer.destination;
}

}  // namespace faceveil

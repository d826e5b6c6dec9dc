// Any bytes to JpegPicture: the index of a baseline file's bits and libjpeg's arrays say the same
// of it, and write the same file, also when a block was changed; and that file can be read.

#include "base/check.h"
#include "media/jpeg_picture.h"

using namespace faceveil;

namespace {

void change_a_block(JpegPicture& picture, size_t size) {
  JpegSamples samples;
  samples.fill(static_cast<float>(size % 256));
  const Size blocks = picture.components()[0].blocks;
  picture.set_samples(0, static_cast<int>(size % static_cast<size_t>(blocks.width)),
                      static_cast<int>(size % static_cast<size_t>(blocks.height)), samples);
}

void check_both_write_the_same(const JpegPicture& indexed, const JpegPicture& arrays) {
  const Result<Bytes> one = indexed.write(false), other = arrays.write(false);
  CHECK(one.has_value() == other.has_value());
  if (!one) return;
  CHECK(*one == *other);
  CHECK(JpegPicture::read(*one).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr int64_t pixels_max = 1 << 18;
  const BytesView bytes = std::as_bytes(std::span(data, size));
  const Result<StillHeader> header = read_still_header(bytes);
  if (!header || header->format != StillFormat::jpeg) return 0;
  if (int64_t{header->size.width} * header->size.height > pixels_max) return 0;
  Result<JpegPicture> indexed = JpegPicture::read(bytes);
  Result<JpegPicture> arrays = JpegPicture::read(bytes, JpegPicture::Coefficients::arrays);
  CHECK(indexed.has_value() == arrays.has_value());
  if (!indexed) return 0;
  CHECK(indexed->obstacle() == arrays->obstacle());
  if (indexed->obstacle()) return 0;
  check_both_write_the_same(*indexed, *arrays);
  change_a_block(*indexed, size);
  change_a_block(*arrays, size);
  check_both_write_the_same(*indexed, *arrays);
  return 0;
}

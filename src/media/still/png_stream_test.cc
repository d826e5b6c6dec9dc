#include "media/still/png_stream.h"

#include <gtest/gtest.h>

#include "media/still.h"
#include "media/still/numbers.h"
#include "media/still_test_files.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

Bytes png_of(const Image& image) {
  Still still;
  still.image = *image.copy();
  return *encode_still(still, StillFormat::png);
}

// `file` with `hidden` at the end of its IDAT chunk.
Bytes with_hidden_bytes(BytesView file, std::string_view hidden) {
  Bytes changed;
  append(changed, as_bytes(png_signature));
  const std::vector<PngChunk> chunks = *read_png_chunks(file);
  for (const PngChunk& chunk : chunks) {
    Bytes content(chunk.content.begin(), chunk.content.end());
    if (chunk.type == "IDAT") append(content, as_bytes(hidden));
    Bytes typed;
    append(typed, as_bytes(chunk.type));
    append(typed, content);
    append_big(changed, static_cast<uint32_t>(content.size()), 4);
    append(changed, typed);
    append_big(changed, test::png_checksum(typed), 4);
  }
  return changed;
}

TEST(PngStream, EndsWithItsData) {
  const Bytes file = png_of(test::gradient_picture(PixelFormat::rgb8, {40, 30}));
  EXPECT_TRUE(ends_with_its_stream(*read_png_chunks(file)));
  EXPECT_FALSE(ends_with_its_stream(*read_png_chunks(with_hidden_bytes(file, "x"))));
}

TEST(PngStream, BytesBehindThePixelsAreNotInTheCleanCopy) {
  const Image image = test::gradient_picture(PixelFormat::rgb8, {40, 30});
  const Bytes file = with_hidden_bytes(png_of(image), "hidden-4711");
  const Result<CleanCopy> copy = copy_without_metadata(file);
  ASSERT_TRUE(copy) << copy.error().message();
  EXPECT_TRUE(copy->pixels_identical);
  EXPECT_EQ(as_text(copy->bytes).find("hidden-4711"), std::string_view::npos);
  EXPECT_EQ(test::largest_difference(decode_still(copy->bytes)->image, image), 0);
}

}  // namespace
}  // namespace faceveil

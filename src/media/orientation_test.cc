#include "media/orientation.h"

#include <gtest/gtest.h>

#include <random>

#include "media/metadata.h"
#include "media/still_test_files.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

constexpr Orientation all[] = {Orientation::top_left,     Orientation::top_right,
                               Orientation::bottom_right, Orientation::bottom_left,
                               Orientation::left_top,     Orientation::right_top,
                               Orientation::right_bottom, Orientation::left_bottom};

// Where the stored pixel (x, y) is seen, straight from the table of TIFF 6.0.
Point seen_at(Orientation orientation, int x, int y, Size stored) {
  const auto left = static_cast<float>(x), top = static_cast<float>(y);
  const auto right = static_cast<float>(stored.width - 1 - x);
  const auto bottom = static_cast<float>(stored.height - 1 - y);
  const Point places[] = {{left, top}, {right, top},   {right, bottom}, {left, bottom},
                          {top, left}, {bottom, left}, {bottom, right}, {top, right}};
  return places[static_cast<int>(orientation) - 1];
}

template <typename Sample>
void expect_every_pixel_in_place(const Image& stored, Orientation orientation,
                                 const Image& upright) {
  const int channels = stored.channels();
  for (int y = 0; y < stored.size().height; ++y) {
    for (int x = 0; x < stored.size().width; ++x) {
      const Point place = seen_at(orientation, x, y, stored.size());
      for (int c = 0; c < channels; ++c) {
        ASSERT_EQ(stored.row<Sample>(y)[x * channels + c],
                  upright.row<Sample>(
                      static_cast<int>(place.y))[static_cast<int>(place.x) * channels + c])
            << x << "," << y;
      }
    }
  }
}

TEST(Orientation, EveryPixelOfEveryFormatGoesToItsPlace) {
  for (int format = 0; format < 8; ++format) {
    for (const Orientation orientation : all) {
      for (const Size size : {Size{1, 1}, Size{7, 3}, Size{33, 70}, Size{1, 40}}) {
        SCOPED_TRACE(testing::Message() << format << " " << static_cast<int>(orientation) << " "
                                        << size.width << "x" << size.height);
        const Image stored = test::noise_picture(static_cast<PixelFormat>(format), size, 5);
        const Image upright = *turned_upright(*stored.copy(), orientation);
        ASSERT_EQ(upright.size(), upright_size(size, orientation));
        if (bytes_per_sample(stored.format()) == 2) {
          expect_every_pixel_in_place<uint16_t>(stored, orientation, upright);
        } else {
          expect_every_pixel_in_place<uint8_t>(stored, orientation, upright);
        }
      }
    }
  }
}

TEST(Orientation, IsReadInBothByteOrders) {
  const std::string_view little("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0", 22);
  EXPECT_EQ(exif_orientation(as_bytes(little)), Orientation::left_bottom);
  for (const Orientation orientation : all) {
    EXPECT_EQ(exif_orientation(exif_block({}, orientation)), orientation);
    EXPECT_EQ(exif_orientation(test::exif_with(orientation, "maker")), orientation);
    Bytes prefixed = test::bytes_of(std::string_view("Exif\0\0", 6));
    const Bytes exif = exif_block({}, orientation);
    prefixed.insert(prefixed.end(), exif.begin(), exif.end());
    EXPECT_EQ(prefixed_exif_orientation(prefixed), orientation);
  }
}

TEST(Orientation, OfAnythingElseIsUpright) {
  EXPECT_EQ(exif_orientation({}), Orientation::top_left);
  Bytes wrong_type = exif_block({}, Orientation::right_top);
  wrong_type[13] = std::byte{4};
  EXPECT_EQ(exif_orientation(wrong_type), Orientation::top_left);
  Bytes out_of_range = exif_block({}, Orientation::right_top);
  out_of_range[19] = std::byte{9};
  EXPECT_EQ(exif_orientation(out_of_range), Orientation::top_left);
  Bytes far_directory = exif_block({}, Orientation::right_top);
  far_directory[4] = std::byte{0xff};
  EXPECT_EQ(exif_orientation(far_directory), Orientation::top_left);
}

TEST(Orientation, AnyCutOrFlippedExifIsHarmless) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  const Bytes whole = test::exif_with(Orientation::right_top, "maker");
  for (size_t size = 0; size < whole.size(); ++size) {
    Bytes cut(whole.begin(), whole.begin() + static_cast<ptrdiff_t>(size));
    if (size > 0) cut[random() % size] ^= static_cast<std::byte>(random());
    const auto orientation = static_cast<int>(exif_orientation(cut));
    EXPECT_TRUE(orientation >= 1 && orientation <= 8);
  }
}

}  // namespace
}  // namespace faceveil

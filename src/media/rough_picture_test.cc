// Pictures for detectors against the slower way that is exact (VideoFrame::picture).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "media/video_frame.h"
#include "tests/support/drawn_films.h"

namespace faceveil {
namespace {

constexpr test::SampleLayout layouts[] = {{8, 1, 1, false},  {8, 1, 0, false},  {8, 0, 0, false},
                                          {10, 1, 1, false}, {10, 1, 0, false}, {10, 0, 0, false}};

template <typename Sample>
void fill(const VideoPlane& plane, int value) {
  for (int y = 0; y < plane.size.height; ++y) {
    std::fill_n(plane.row<Sample>(y), plane.size.width, static_cast<Sample>(value));
  }
}

// One colour everywhere: then it does not matter how chroma is spread over pixels.
void make_chroma_even(VideoFrame& frame, int bits, std::mt19937& random) {
  for (const int index : {1, 2}) {
    const int value = static_cast<int>(random() % (1u << bits));
    if (bits > 8) {
      fill<uint16_t>(frame.plane(index), value);
    } else {
      fill<uint8_t>(frame.plane(index), value);
    }
  }
}

Size random_size(std::mt19937& random) {
  return {static_cast<int>(2 + 2 * (random() % 60)), static_cast<int>(2 + 2 * (random() % 40))};
}

TEST(RoughPicture, IsTheExactPictureWhereChromaIsEven) {
  std::mt19937 random(11);
  for (int round = 0; round < 60; ++round) {
    const test::SampleLayout& layout = layouts[round % std::ssize(layouts)];
    const Size size = random_size(random);
    VideoFrame frame = test::noise_frame(layout, size, random());
    make_chroma_even(frame, layout.bits, random);
    const Image exact = frame.picture().value(), rough = frame.rough_picture().value();
    ASSERT_EQ(rough.format(), PixelFormat::rgb8);
    ASSERT_EQ(rough.size(), size);
    for (int y = 0; y < size.height; ++y) {
      for (int i = 0; i < 3 * size.width; ++i) {
        ASSERT_LE(std::abs(rough.row<uint8_t>(y)[i] - exact.row<uint8_t>(y)[i]), 3)
            << "round " << round << ", row " << y << ", sample " << i;
      }
    }
  }
}

TEST(RoughPicture, AWindowIsThatPartOfTheWhole) {
  std::mt19937 random(12);
  for (int round = 0; round < 120; ++round) {
    const test::SampleLayout& layout = layouts[round % std::ssize(layouts)];
    const Size size = random_size(random);
    const VideoFrame frame = test::noise_frame(layout, size, random());
    const Image whole = frame.rough_picture().value();
    PixelWindow window;
    window.x = static_cast<int>(2 * (random() % static_cast<unsigned>(size.width / 2)));
    window.y = static_cast<int>(2 * (random() % static_cast<unsigned>(size.height / 2)));
    window.width =
        2 + static_cast<int>(2 * (random() % static_cast<unsigned>((size.width - window.x) / 2)));
    window.height =
        2 + static_cast<int>(2 * (random() % static_cast<unsigned>((size.height - window.y) / 2)));
    const Image part = frame.rough_picture(window).value();
    // More than 8 bits have no fast way: colours are spread over pixels, for which a window's
    // border lacks its neighbours, and rounded by a pattern that begins with the window.
    const bool exact = layout.bits == 8;
    const int border = exact ? 0 : 4, most = exact ? 0 : 1;
    for (int y = border; y < window.height - border; ++y) {
      const uint8_t* expected = whole.row<uint8_t>(window.y + y) + ptrdiff_t{3} * window.x;
      for (int i = 3 * border; i < 3 * (window.width - border); ++i) {
        ASSERT_LE(std::abs(part.row<uint8_t>(y)[i] - expected[i]), most)
            << "round " << round << ", row " << y << ", sample " << i;
      }
    }
  }
}

}  // namespace
}  // namespace faceveil

#include "detect/resample.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <string>

#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

using test::gradient_picture;
using test::largest_difference;
using test::noise_picture;

constexpr PixelFormat formats[] = {
    PixelFormat::gray8,  PixelFormat::gray_alpha8,  PixelFormat::rgb8,  PixelFormat::rgba8,
    PixelFormat::gray16, PixelFormat::gray_alpha16, PixelFormat::rgb16, PixelFormat::rgba16};

// Up to nine rows with weights in 1/256 and two roundings: two levels of 255, three for 16 bits.
constexpr double tolerance = 3.01 / 255;

Image made(Result<Image> image) {
  EXPECT_TRUE(image.has_value()) << image.error().message();
  return std::move(*image);
}

Image part_of(const Image& image, const Part& part) {
  Image result = made(Image::create(PixelFormat::rgb8, part.size));
  for (int y = 0; y < part.size.height; ++y) {
    std::memcpy(result.row<uint8_t>(y), image.row<uint8_t>(part.y + y) + ptrdiff_t{part.x} * 3,
                static_cast<size_t>(part.size.width) * 3);
  }
  return result;
}

class Random {
 public:
  int between(int min, int max) { return std::uniform_int_distribution<int>(min, max)(engine_); }
  uint32_t seed() const { return seed_; }

 private:
  uint32_t seed_ = std::random_device{}();
  std::mt19937 engine_{seed_};
};

TEST(Resample, IsTheReferenceForEveryFormatAndRandomSizes) {
  Random random;
  SCOPED_TRACE("seed " + std::to_string(random.seed()));
  for (int i = 0; i < 60; ++i) {
    const PixelFormat format = formats[i % 8];
    const Size old{random.between(1, 90), random.between(1, 90)};
    const Size size{random.between(1, 120), random.between(1, 120)};
    const Image picture = noise_picture(format, old, static_cast<uint32_t>(i));
    const Image fast = made(resample(picture, size)),
                slow = made(resample_reference(picture, size));
    EXPECT_LE(largest_difference(fast, slow), tolerance)
        << old.width << "x" << old.height << " to " << size.width << "x" << size.height;
  }
}

TEST(Resample, OfTheSameSizeKeepsEveryPixel) {
  const Image picture = noise_picture(PixelFormat::rgb8, {37, 23}, 1);
  EXPECT_EQ(largest_difference(made(resample(picture, {37, 23})), picture), 0);
}

TEST(Resample, KeepsOneColourExactly) {
  for (const int value : {0, 1, 128, 254, 255}) {
    Image picture = made(Image::create(PixelFormat::gray8, {61, 47}));
    std::memset(picture.data(), value, picture.size_bytes());
    for (const Size size : {Size{13, 9}, Size{60, 47}, Size{200, 100}}) {
      const Image result = made(resample(picture, size));
      for (size_t i = 0; i < result.size_bytes(); ++i) {
        ASSERT_EQ(static_cast<int>(result.data()[i]), value) << size.width;
      }
    }
  }
}

TEST(Resample, PartsFitTogetherWithoutSeams) {
  Random random;
  SCOPED_TRACE("seed " + std::to_string(random.seed()));
  for (int i = 0; i < 40; ++i) {
    const Size old{random.between(1, 200), random.between(1, 200)};
    const Size size{random.between(1, 200), random.between(1, 200)};
    const Image picture = noise_picture(PixelFormat::rgb8, old, static_cast<uint32_t>(i));
    Part part{random.between(0, size.width - 1), random.between(0, size.height - 1), {}};
    part.size = {random.between(1, size.width - part.x), random.between(1, size.height - part.y)};
    const Image whole = made(resample(picture, size)), some = made(resample(picture, size, part));
    EXPECT_EQ(largest_difference(some, part_of(whole, part)), 0);
  }
}

TEST(Halvings, GiveWhatThePictureItselfGives) {
  Random random;
  SCOPED_TRACE("seed " + std::to_string(random.seed()));
  for (int i = 0; i < 20; ++i) {
    const Size old{random.between(100, 500), random.between(100, 500)};
    const Size size{random.between(10, 200), random.between(10, 200)};
    const Image picture = gradient_picture(formats[i % 8], old);
    const Halvings halvings = *Halvings::create(picture, size, 2);
    const Image direct = made(resample_reference(picture, size));
    const Image halved = made(halvings.resample(size, {0, 0, size}));
    EXPECT_LE(largest_difference(halved, direct), 5.01 / 255)
        << old.width << "x" << old.height << " to " << size.width << "x" << size.height;
  }
}

// Halves of even sides make whole quarters: nothing is lost but roundings.
TEST(Halvings, AreExactWhereSidesAreEven) {
  const Image picture = noise_picture(PixelFormat::rgb8, {256, 128}, 5);
  const Halvings halvings = *Halvings::create(picture, {32, 16}, 1);
  const Image halved = made(halvings.resample({32, 16}, {0, 0, {32, 16}}));
  EXPECT_LE(largest_difference(halved, made(resample_reference(picture, {32, 16}))), 2.01 / 255);
}

// The fast way to a half beside the general one.
TEST(Halvings, OfEvenSidesAreTheResamplingToHalf) {
  Random random;
  SCOPED_TRACE("seed " + std::to_string(random.seed()));
  for (int i = 0; i < 16; ++i) {
    const Size half{random.between(1, 90), random.between(1, 90)};
    const Image picture = noise_picture(formats[i % 8], {2 * half.width, 2 * half.height}, 7);
    const Image fast = made((*Halvings::create(picture, half, 1)).resample(half, {0, 0, half}));
    EXPECT_EQ(largest_difference(fast, made(resample(picture, half))), 0)
        << half.width << "x" << half.height << " of format " << i % 8;
  }
}

TEST(Halvings, DoNotDependOnThreads) {
  const Image picture = noise_picture(PixelFormat::rgba8, {1001, 777}, 6);
  const Size size{100, 77};
  const Image one = made((*Halvings::create(picture, size, 1)).resample(size, {0, 0, size}));
  for (const int threads : {2, 3, 7}) {
    const Image many =
        made((*Halvings::create(picture, size, threads)).resample(size, {0, 0, size}));
    EXPECT_EQ(largest_difference(one, many), 0) << threads;
  }
}

TEST(Halvings, TakeThinPicturesAndSinglePixels) {
  for (const Size old : {Size{1, 1}, Size{1, 10'000}, Size{10'000, 1}, Size{3, 5000}}) {
    const Image picture = gradient_picture(PixelFormat::gray16, old);
    for (const Size size : {Size{1, 1}, Size{1, 192}, Size{2, 20}, Size{300, 1}}) {
      const Halvings halvings = *Halvings::create(picture, size, 1);
      const Image result = made(halvings.resample(size, {0, 0, size}));
      EXPECT_LE(largest_difference(result, made(resample_reference(picture, size))), tolerance);
    }
  }
}

}  // namespace
}  // namespace faceveil

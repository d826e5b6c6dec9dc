// Coefficients in and out: nothing changes that nobody changed, over all kinds of JPEG files.

#include "media/jpeg_picture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "media/still/jpeg_segments.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/jpeg_files.h"
#include "tests/support/random_seed.h"

namespace faceveil {
namespace {

Size random_size(std::mt19937& random) {
  return {static_cast<int>(1 + random() % 150), static_cast<int>(1 + random() % 150)};
}

// Half drawn, half noise; one in five grey.
Image random_picture(std::mt19937& random, Size size) {
  const PixelFormat format = random() % 5 ? PixelFormat::rgb8 : PixelFormat::gray8;
  const auto seed = static_cast<uint32_t>(random());
  return seed % 2 ? test::gradient_picture(format, size) : test::noise_picture(format, size, seed);
}

bool same_bytes(const Image& a, const Image& b) {
  return a.size() == b.size() && a.format() == b.format() &&
         std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

template <typename Work>
void for_each_block(const JpegPicture& picture, Work work) {
  for (size_t c = 0; c < picture.components().size(); ++c) {
    const Size blocks = picture.components()[c].blocks;
    for (int y = 0; y < blocks.height; ++y) {
      for (int x = 0; x < blocks.width; ++x) work(c, x, y);
    }
  }
}

void expect_same_coefficients(const JpegPicture& a, const JpegPicture& b) {
  ASSERT_EQ(a.components().size(), b.components().size());
  for (size_t c = 0; c < a.components().size(); ++c) {
    ASSERT_EQ(a.components()[c].blocks, b.components()[c].blocks);
    ASSERT_EQ(a.components()[c].quantisation, b.components()[c].quantisation);
  }
  for_each_block(a, [&](size_t c, int x, int y) {
    ASSERT_EQ(a.coefficients(c, x, y), b.coefficients(c, x, y)) << c << ": " << x << "," << y;
  });
}

// Runs 250 cases; each failure names the seed.
template <typename Test>
void with_random_files(Test test) {
  const uint32_t first_seed = test::first_seed();
  for (uint32_t seed = first_seed; seed != first_seed + 250; ++seed) {
    std::mt19937 random(seed);
    const Image stored = random_picture(random, random_size(random));
    const test::JpegSettings settings = test::random_jpeg_settings(random);
    SCOPED_TRACE(testing::Message() << "seed " << seed << ": " << settings.text() << ", "
                                    << stored.size().width << "x" << stored.size().height);
    test(random, stored, settings);
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(JpegPicture, WrittenAgainHasTheSameCoefficients) {
  with_random_files([](auto&, const Image& stored, const test::JpegSettings& settings) {
    const Bytes file = test::jpeg_file(stored, settings);
    const auto picture = JpegPicture::read(file);
    ASSERT_TRUE(picture) << picture.error().message();
    ASSERT_FALSE(picture->obstacle());
    const auto written = picture->write(false);
    ASSERT_TRUE(written) << written.error().message();
    const auto again = JpegPicture::read(*written);
    ASSERT_TRUE(again) << again.error().message();
    EXPECT_EQ(again->orientation(), settings.orientation);
    expect_same_coefficients(*picture, *again);
    EXPECT_EQ(*again->write(false), *written);
    EXPECT_TRUE(same_bytes(decode_still(file)->image, decode_still(*written)->image));
    EXPECT_EQ(decode_still(*written)->traits.progressive, settings.progressive);
  });
}

TEST(JpegPicture, ABaselineFileWithTheStandardsTablesIsWrittenByteForByte) {
  test::JpegSettings settings;
  settings.restart_interval = 3;
  const Bytes file =
      test::jpeg_file(test::gradient_picture(PixelFormat::rgb8, {157, 99}), settings);
  EXPECT_EQ(*JpegPicture::read(file)->write(false), file);
}

JpegSamples random_samples(std::mt19937& random) {
  JpegSamples samples;
  const auto middle = static_cast<float>(random() % 256);
  for (float& sample : samples) {
    const float noise = random() % 2 ? static_cast<float>(random() % 64) - 32 : 0;
    sample = std::clamp(middle + noise, 0.0f, 255.0f);
  }
  return samples;
}

// The same random blocks of both get the same new contents.
void change_blocks(std::mt19937& random, JpegPicture& one, JpegPicture& other) {
  for (size_t i = 0, count = random() % 12; i < count; ++i) {
    const size_t c = random() % one.components().size();
    const Size blocks = one.components()[c].blocks;
    const auto x = static_cast<int>(random() % static_cast<uint32_t>(blocks.width));
    const auto y = static_cast<int>(random() % static_cast<uint32_t>(blocks.height));
    const JpegSamples samples = random_samples(random);
    one.set_samples(c, x, y, samples);
    other.set_samples(c, x, y, samples);
  }
}

// libjpeg's arrays are the slow way, and the truth.
TEST(JpegPicture, AnIndexIsWrittenAsArraysAre) {
  with_random_files([](auto& random, const Image& stored, const test::JpegSettings& settings) {
    const Bytes file = test::jpeg_file(stored, settings);
    JpegPicture indexed = *JpegPicture::read(file);
    JpegPicture arrays = *JpegPicture::read(file, JpegPicture::Coefficients::arrays);
    ASSERT_EQ(arrays.held(), JpegPicture::Coefficients::arrays);
    ASSERT_EQ(indexed.held() == JpegPicture::Coefficients::arrays, settings.progressive);
    change_blocks(random, indexed, arrays);
    ASSERT_EQ(*indexed.write(false), *arrays.write(false));
    expect_same_coefficients(indexed, arrays);
    if (indexed.turns_losslessly()) {
      ASSERT_EQ(*indexed.write(true), *arrays.write(true));
    }
  });
}

TEST(JpegPicture, ComparesMcus) {
  with_random_files([](auto& random, const Image& stored, const test::JpegSettings& settings) {
    const Bytes file = test::jpeg_file(stored, settings);
    const JpegPicture before = *JpegPicture::read(file);
    JpegPicture changed = *JpegPicture::read(file);
    JpegPicture arrays = *JpegPicture::read(file, JpegPicture::Coefficients::arrays);
    change_blocks(random, changed, arrays);
    const JpegPicture after = *JpegPicture::read(*changed.write(false));
    const auto mcus = static_cast<size_t>(before.mcu_count().width) *
                      static_cast<size_t>(before.mcu_count().height);
    std::vector<bool> passed_over(mcus);
    EXPECT_EQ(after.different_mcus(arrays, passed_over), 0u);
    EXPECT_EQ(after.different_mcus(changed, passed_over),
              changed.held() == JpegPicture::Coefficients::indexed
                  ? after.different_mcus(before, passed_over)
                  : 0u);
    EXPECT_EQ(after.different_mcus(before, passed_over),
              arrays.different_mcus(before, passed_over));
    for (size_t i = 0; i < mcus; ++i) passed_over[i] = random() % 2;
    EXPECT_EQ(after.different_mcus(before, passed_over),
              arrays.different_mcus(before, passed_over));
  });
}

// Whatever is damaged, cut or strange, both ways say the same of it.
TEST(JpegPicture, AnIndexTakesNoFileThatArraysRefuse) {
  with_random_files([](auto& random, const Image& stored, test::JpegSettings settings) {
    settings.progressive = false;
    Bytes file = test::jpeg_file(stored, settings);
    for (size_t i = 0, count = 1 + random() % 3; i < count; ++i) {
      file[file.size() / 4 + random() % (file.size() - file.size() / 4)] =
          static_cast<std::byte>(random() % 3 ? random() % 256 : 0xff);
    }
    const auto indexed = JpegPicture::read(file);
    const auto arrays = JpegPicture::read(file, JpegPicture::Coefficients::arrays);
    ASSERT_EQ(indexed.has_value(), arrays.has_value());
    if (!indexed || indexed->obstacle() || arrays->obstacle()) return;
    expect_same_coefficients(*indexed, *arrays);
    const auto one = indexed->write(false), other = arrays->write(false);
    ASSERT_EQ(one.has_value(), other.has_value());
    if (one) {
      ASSERT_EQ(*one, *other);
    }
  });
}

TEST(JpegPicture, DecodesAsStillsDo) {
  with_random_files([](auto&, const Image& stored, const test::JpegSettings& settings) {
    const Bytes file = test::jpeg_file(stored, settings);
    const JpegPicture picture = *JpegPicture::read(file);
    const Still still = *decode_still(file), ours = *picture.decode();
    EXPECT_TRUE(same_bytes(still.image, ours.image));
    EXPECT_EQ(still.traits.chroma_across, ours.traits.chroma_across);
    EXPECT_EQ(still.traits.chroma_down, ours.traits.chroma_down);
    EXPECT_TRUE(same_bytes(ours.image, picture.decode()->image));  // Any number of times.
  });
}

// Turning is free of loss: the decoded pictures are equal, but for the rounding of libjpeg's
// transform, which treats rows and columns a little differently, and its smoothing of chroma.
TEST(JpegPicture, TurnedUprightItIsTheSamePicture) {
  int turned_count = 0;
  with_random_files([&](auto& random, const Image&, test::JpegSettings settings) {
    settings.chroma_across = settings.chroma_down = 1;
    const Size size = {static_cast<int>(8 * (1 + random() % 9)),
                       static_cast<int>(8 * (1 + random() % 9))};
    const Bytes file = test::jpeg_file(test::gradient_picture(PixelFormat::rgb8, size), settings);
    const JpegPicture picture = *JpegPicture::read(file);
    ASSERT_TRUE(picture.turns_losslessly());
    const Bytes upright = *picture.write(true);
    const JpegPicture again = *JpegPicture::read(upright);
    EXPECT_EQ(again.orientation(), Orientation::top_left);
    EXPECT_LE(test::largest_difference(decode_still(file)->image, decode_still(upright)->image),
              3.0 / 255);
    ++turned_count;
  });
  EXPECT_EQ(turned_count, 250);
}

TEST(JpegPicture, TurnedAndTurnedBackHasTheSameCoefficients) {
  const auto with_tag = [](BytesView jpeg, Orientation orientation) {
    Bytes tagged(jpeg.begin(), jpeg.begin() + 2);
    append_jpeg_segment(tagged, jpeg_marker::app1, std::string_view("Exif\0\0", 6),
                        exif_block({}, orientation));
    tagged.insert(tagged.end(), jpeg.begin() + 2, jpeg.end());
    return tagged;
  };
  with_random_files([&](auto&, const Image& stored, const test::JpegSettings& settings) {
    const JpegPicture picture = *JpegPicture::read(test::jpeg_file(stored, settings));
    if (!picture.turns_losslessly()) return;
    const bool quarter_right = settings.orientation == Orientation::right_top;
    const bool quarter_left = settings.orientation == Orientation::left_bottom;
    const Orientation back = quarter_right  ? Orientation::left_bottom
                             : quarter_left ? Orientation::right_top
                                            : settings.orientation;
    const auto upright = picture.write(true);
    ASSERT_TRUE(upright) << upright.error().message();
    const auto read = JpegPicture::read(with_tag(*upright, back));
    ASSERT_TRUE(read) << read.error().message();
    const JpegPicture& there = *read;
    ASSERT_FALSE(there.obstacle());
    if (!there.turns_losslessly()) return;
    expect_same_coefficients(picture, *JpegPicture::read(*there.write(true)));
  });
}

TEST(JpegPicture, SidesThatAreMirroredMustBeOfWholeMcus) {
  test::JpegSettings settings;  // 4:2:0: MCUs of 16 pixels.
  const auto turns = [&](Size size, Orientation orientation) {
    settings.orientation = orientation;
    const Image picture = test::gradient_picture(PixelFormat::rgb8, size);
    return JpegPicture::read(test::jpeg_file(picture, settings))->turns_losslessly();
  };
  EXPECT_TRUE(turns({33, 33}, Orientation::top_left));
  EXPECT_TRUE(turns({33, 33}, Orientation::left_top));
  EXPECT_FALSE(turns({33, 32}, Orientation::top_right));
  EXPECT_TRUE(turns({32, 33}, Orientation::top_right));
  EXPECT_FALSE(turns({32, 33}, Orientation::bottom_left));
  EXPECT_TRUE(turns({33, 32}, Orientation::right_top));
  EXPECT_FALSE(turns({32, 33}, Orientation::right_top));
  EXPECT_TRUE(turns({32, 33}, Orientation::left_bottom));
  EXPECT_FALSE(turns({33, 32}, Orientation::left_bottom));
  EXPECT_FALSE(turns({33, 32}, Orientation::right_bottom));
}

// Where chroma is as fine as luma, or half as fine on both sides: libjpeg reduces both sides of a
// component alike, and loses chroma in the other samplings.
TEST(JpegPicture, ReducedPicturesAgreeWithLibjpeg) {
  with_random_files([](auto& random, const Image&, test::JpegSettings settings) {
    settings.quality = 90;
    settings.chroma_across = settings.chroma_down = random() % 2 ? 1 : 2;
    settings.orientation = Orientation::top_left;
    const Size size = {static_cast<int>(64 + random() % 200),
                       static_cast<int>(64 + random() % 200)};
    const Bytes file = test::jpeg_file(test::gradient_picture(PixelFormat::rgb8, size), settings);
    const JpegPicture picture = *JpegPicture::read(file);
    for (const int denominator : {1, 2, 4, 8}) {
      const Image ours = *picture.reduced(denominator);
      const Image theirs = test::scaled_decode(file, denominator);
      ASSERT_EQ(ours.size(), theirs.size());
      double sum = 0;
      for (size_t i = 0; i < ours.size_bytes(); ++i) {
        sum += std::abs(ours.row<uint8_t>(0)[i] - theirs.row<uint8_t>(0)[i]);
      }
      EXPECT_LT(sum / static_cast<double>(ours.size_bytes()), 1.5) << "1/" << denominator;
    }
  });
}

TEST(JpegPicture, ReducedPicturesAreUpright) {
  test::JpegSettings settings;
  settings.orientation = Orientation::right_top;
  const Bytes file =
      test::jpeg_file(test::gradient_picture(PixelFormat::rgb8, {160, 96}), settings);
  EXPECT_EQ(JpegPicture::read(file)->reduced(4)->size(), (Size{24, 40}));
}

// Blocks set from their own samples stay as they are: the two transforms fit together.
TEST(JpegPicture, SamplesGoInAsTheyCameOut) {
  with_random_files([](auto&, const Image& stored, test::JpegSettings settings) {
    settings.quality = std::min(settings.quality, 92);
    // Where samples are cut at 0 and 255 the way back cannot be the same: soft contrasts only.
    Image soft = *stored.copy();
    for (size_t i = 0; i < soft.size_bytes(); ++i) {
      auto& sample = soft.row<uint8_t>(0)[i];
      sample = static_cast<uint8_t>(112 + sample / 8);
    }
    JpegPicture picture = *JpegPicture::read(test::jpeg_file(soft, settings));
    const JpegPicture before = *JpegPicture::read(test::jpeg_file(soft, settings));
    for_each_block(picture, [&](size_t c, int x, int y) {
      picture.set_samples(c, x, y, picture.samples(c, x, y));
    });
    expect_same_coefficients(before, picture);
  });
}

TEST(JpegPicture, WhatStandsInTheWayIsSaid) {
  const Image drawn = test::gradient_picture(PixelFormat::rgb8, {70, 50});
  test::JpegSettings arithmetic, inks;
  arithmetic.arithmetic = true;
  inks.inks = true;
  inks.chroma_across = inks.chroma_down = 1;
  EXPECT_EQ(JpegPicture::read(test::jpeg_file(drawn, arithmetic))->obstacle(),
            JpegObstacle::arithmetic);
  EXPECT_EQ(JpegPicture::read(test::jpeg_file(drawn, inks))->obstacle(), JpegObstacle::inks);
  Bytes stray = test::jpeg_file(drawn, {});
  stray.insert(stray.begin() + 2, 3, std::byte{7});
  EXPECT_EQ(JpegPicture::read(stray)->obstacle(), JpegObstacle::stray_bytes);
}

TEST(JpegPicture, CutFilesAreErrorsAsForStills) {
  with_random_files([](auto& random, const Image& stored, const test::JpegSettings& settings) {
    const Bytes file = test::jpeg_file(stored, settings);
    const BytesView cut = BytesView(file).first(random() % file.size());
    EXPECT_EQ(JpegPicture::read(cut).has_value(), decode_still(cut).has_value()) << cut.size();
  });
}

TEST(JpegPicture, DamagedFilesAreErrorsOrPictures) {
  with_random_files([](auto& random, const Image& stored, const test::JpegSettings& settings) {
    Bytes file = test::jpeg_file(stored, settings);
    for (int i = 0; i < 3; ++i) file[2 + random() % (file.size() - 2)] ^= std::byte(random());
    const auto picture = JpegPicture::read(file);
    if (!picture || picture->obstacle()) return;
    EXPECT_EQ(picture->decode().has_value(), decode_still(file).has_value());
    if (const auto written = picture->write(false)) {
      EXPECT_TRUE(JpegPicture::read(*written));
    }
  });
}

}  // namespace
}  // namespace faceveil

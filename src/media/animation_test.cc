// Animations come out as a person would see them, and go back into a file as they were.

#include "media/animation.h"

#include <gtest/gtest.h>

#include <cstring>

#include "base/files.h"
#include "base/limits.h"
#include "media/metadata.h"
#include "media/still/riff_chunks.h"
#include "media/video.h"
#include "tests/support/drawn_animations.h"
#include "tests/support/random_seed.h"
#include "tests/support/temporary_folder.h"

namespace faceveil {
namespace {

bool same(const Image& a, const Image& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

Result<std::vector<AnimationPicture>> read_all(const std::filesystem::path& path) {
  AnimationReader reader = TRY(AnimationReader::open(path));
  std::vector<AnimationPicture> pictures;
  while (std::optional<AnimationPicture> picture = TRY(reader.next())) {
    pictures.push_back(std::move(*picture));
  }
  EXPECT_EQ(std::ssize(pictures), reader.info().picture_count);
  return pictures;
}

bool never(int, int) { return false; }

class Animation : public test::InTemporaryFolder {
 protected:
  std::filesystem::path put(const std::string& name, const Bytes& file) {
    const auto path = folder_ / name;
    EXPECT_TRUE(write_file(path, file, Overwrite::allow));
    return path;
  }

  // Another file with the same pictures.
  std::filesystem::path written_again(const std::filesystem::path& path, StillFormat format) {
    const auto output = folder_ / "again";
    Result<AnimationReader> reader = AnimationReader::open(path);
    Result<AnimationWriter> writer =
        AnimationWriter::create(output, Overwrite::allow, format, reader->info());
    while (std::optional<AnimationPicture> picture = *reader->next()) {
      EXPECT_TRUE(writer->write(std::move(*picture), never));
    }
    EXPECT_EQ(writer->approximated(), 0);
    Result<OutputFile> file = writer->complete();
    EXPECT_TRUE(file && file->finish());
    return output;
  }

  void expect_pictures(const std::filesystem::path& path, const std::vector<Image>& seen,
                       const std::vector<test::DrawnFrame>& frames) {
    const Result<std::vector<AnimationPicture>> read = read_all(path);
    ASSERT_TRUE(read) << read.error().text;
    ASSERT_EQ(read->size(), seen.size());
    int64_t time_ms = 0;
    for (size_t i = 0; i < seen.size(); ++i) {
      EXPECT_TRUE(same((*read)[i].image, seen[i])) << "picture " << i;
      EXPECT_EQ((*read)[i].duration_ms, frames[i].duration_ms) << "picture " << i;
      EXPECT_EQ((*read)[i].time.microseconds, time_ms * 1000) << "picture " << i;
      time_ms += shown_ms((*read)[i].duration_ms);
    }
  }

  void expect_held(StillFormat format, uint32_t seed) {
    std::mt19937 random(seed);
    const Size size = {static_cast<int>(4 + random() % 29), static_cast<int>(4 + random() % 21)};
    const bool is_gif = format == StillFormat::gif;
    const auto frames =
        test::random_frames(size, static_cast<int>(2 + random() % 6), is_gif, random);
    const int plays = static_cast<int>(random() % 4);
    const bool words = random() % 2 == 0;
    const auto input = put("input", is_gif ? test::gif_of(size, frames, plays, words)
                                           : test::webp_of(size, frames, plays, words));
    ASSERT_EQ(sniff_animation(input), format);
    const std::vector<Image> seen = test::seen_pictures(size, frames);
    expect_pictures(input, seen, frames);
    for (const StillFormat to : {StillFormat::gif, StillFormat::webp}) {
      SCOPED_TRACE(format_name(to));
      const auto output = written_again(input, to);
      expect_pictures(output, seen, frames);
      const Result<AnimationReader> reader = AnimationReader::open(output);
      EXPECT_EQ(reader->info().plays, plays);
      EXPECT_EQ(reader->info().size, size);
      EXPECT_TRUE(reader->info().words.empty() && reader->info().further.empty());
    }
    EXPECT_EQ(AnimationReader::open(input)->info().words.empty(), !words);
  }
};

// Against the plain rules, with all ways to go on from a frame to the next.
TEST_F(Animation, IsReadAsItIsSeenAndWrittenBackExactly) {
  const uint32_t first_seed = test::first_seed();
  for (uint32_t i = 0; i < 60 && !HasFailure(); ++i) {
    SCOPED_TRACE(testing::Message() << "case " << i);
    expect_held(i % 2 ? StillFormat::gif : StillFormat::webp, first_seed + i);
  }
}

Image noise(Size size, uint32_t seed) {
  std::mt19937 random(seed);
  Image image = *Image::create(PixelFormat::rgba8, size);
  for (size_t at = 0; at < image.size_bytes(); ++at) {
    image.row<uint8_t>(0)[at] = at % 4 == 3 ? uint8_t{255} : static_cast<uint8_t>(random());
  }
  return image;
}

// More colours than a picture has places for: near ones, and exact ones again when there is room.
TEST_F(Animation, GifTakesNearColoursOnlyWhereItMust) {
  const Size size = {40, 30};
  AnimationInfo info;
  info.size = size;
  Image few = noise(size, 1);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      for (int c = 0; c < 3; ++c) few.row<uint8_t>(y)[x * 4 + c] = static_cast<uint8_t>(x / 8 * 40);
    }
  }
  auto writer =
      AnimationWriter::create(folder_ / "out.gif", Overwrite::refuse, StillFormat::gif, info);
  for (int i = 0; i < 3; ++i) {
    AnimationPicture picture;
    picture.image = *few.copy();
    ASSERT_TRUE(writer->write(std::move(picture), never));
  }
  EXPECT_EQ(writer->approximated(), 0);
  AnimationPicture rich;
  rich.image = noise(size, 2);
  ASSERT_TRUE(writer->write(std::move(rich), never));
  EXPECT_EQ(writer->approximated(), 1);
  AnimationPicture last;
  last.image = *few.copy();
  ASSERT_TRUE(writer->write(std::move(last), never));
  EXPECT_EQ(writer->approximated(), 1);
  Result<OutputFile> file = writer->complete();
  ASSERT_TRUE(file && file->finish());
  const auto read = read_all(folder_ / "out.gif");
  ASSERT_TRUE(read);
  EXPECT_TRUE(same((*read)[0].image, few) && same((*read)[2].image, few));
  EXPECT_FALSE(same((*read)[3].image, few));
  EXPECT_TRUE(same((*read)[4].image, few));
}

// What is hidden makes room for what is in sight.
TEST_F(Animation, GifKeepsWhatIsInSightExactly) {
  const Size size = {40, 30};
  AnimationInfo info;
  info.size = size;
  const auto hidden = [](int, int y) { return y >= 6; };
  auto writer =
      AnimationWriter::create(folder_ / "out.gif", Overwrite::refuse, StillFormat::gif, info);
  for (uint32_t seed = 1; seed <= 3; ++seed) {
    AnimationPicture picture;
    picture.image = noise(size, seed);  // 240 colours in sight.
    ASSERT_TRUE(writer->write(std::move(picture), hidden));
  }
  EXPECT_EQ(writer->approximated(), 0);
  ASSERT_TRUE(writer->complete()->finish());
  const auto read = read_all(folder_ / "out.gif");
  ASSERT_TRUE(read);
  for (uint32_t seed = 1; seed <= 3; ++seed) {
    const Image wanted = noise(size, seed);
    const Image& found = (*read)[seed - 1].image;
    EXPECT_EQ(std::memcmp(wanted.row<uint8_t>(0), found.row<uint8_t>(0), size_t{6} * 40 * 4), 0);
  }
}

// Decoders skip it.
TEST_F(Animation, WhatAFrameOfAWebpHoldsBesideItsPictureIsListed) {
  std::mt19937 random(3);
  const Size size = {24, 16};
  const Bytes plain =
      test::webp_of(size, test::random_frames(size, 3, false, random), 0, /*words=*/false);
  const std::vector<RiffChunk> chunks = read_riff_chunks(plain).value();
  for (const bool has_more : {false, true}) {
    Bytes body;
    for (const RiffChunk& chunk : chunks) {
      Bytes content(chunk.content.begin(), chunk.content.end());
      if (has_more && chunk.type == "ANMF") append_riff_chunk(content, "MINE", Bytes(40));
      append_riff_chunk(body, chunk.type, content);
    }
    const auto path = put("more.webp", riff_file(body));
    ASSERT_TRUE(read_all(path));
    const Result<AnimationReader> reader = AnimationReader::open(path);
    std::vector<std::string> listed;
    if (has_more) listed.emplace_back(kind_name(MetadataKind::unknown));
    EXPECT_EQ(reader->info().words, listed);
    EXPECT_TRUE(reader->info().further.empty());
  }
}

// --- files that mean harm ---

Bytes many_frames(Size screen, int count) {
  std::vector<test::DrawnFrame> frames;
  test::DrawnFrame frame;
  frame.image = *Image::create(PixelFormat::rgba8, Size{1, 1});
  frames.push_back(std::move(frame));
  const Bytes one = test::gif_of(screen, frames, 1, false);
  constexpr size_t header_bytes = 13;
  Bytes file(one.begin(), one.begin() + header_bytes);
  for (int i = 0; i < count; ++i)
    file.insert(file.end(), one.begin() + header_bytes, one.end() - 1);
  file.push_back(std::byte{';'});
  return file;
}

Error::Kind kind_of_failure(const std::filesystem::path& path) {
  const auto read = read_all(path);
  EXPECT_FALSE(read);
  return read ? Error::Kind::cancelled : read.error().kind;
}

TEST_F(Animation, TooManyPicturesAreOverTheLimitNotASilentStill) {
  const auto path = put("many.gif", many_frames({100, 200}, 100'000));
  EXPECT_TRUE(is_animated(path));
  EXPECT_EQ(kind_of_failure(path), Error::Kind::over_limit);
}

TEST_F(Animation, HugePicturesAreOverTheLimit) {
  std::mt19937 random(1);
  const auto frames = test::random_frames({16, 16}, 2, false, random);
  const auto webp = put("huge.webp", test::webp_of({16'383, 16'383}, frames, 0, false));
  EXPECT_TRUE(is_animated(webp));
  EXPECT_EQ(kind_of_failure(webp), Error::Kind::over_limit);
}

// Wherever it is cut. Of a GIF that is cut between two blocks nobody knows that there were more.
TEST_F(Animation, ACutFileIsDamaged) {
  std::mt19937 random(7);
  const Size size = {24, 16};
  const auto frames = test::random_frames(size, 4, false, random);
  for (const bool is_gif : {true, false}) {
    const Bytes whole =
        is_gif ? test::gif_of(size, frames, 0, true) : test::webp_of(size, frames, 0, true);
    for (size_t length = 20; length + 1 < whole.size(); length += 37) {
      const auto path =
          put("cut", Bytes(whole.begin(), whole.begin() + static_cast<ptrdiff_t>(length)));
      const auto read = read_all(path);
      if (!is_gif) {
        EXPECT_FALSE(read) << length;
      }
      if (!read) {
        EXPECT_EQ(read.error().kind, Error::Kind::bad_input) << length;
      }
    }
  }
}

}  // namespace
}  // namespace faceveil

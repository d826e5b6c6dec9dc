// Copied groups of pictures: bit for bit what was coded, in films that go on from them to encoded
// ones and back.

#include "media/video_copy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "media/video/group_copier.h"
#include "tests/support/drawn_films.h"
#include "tests/support/random_seed.h"
#include "tests/support/temporary_folder.h"

namespace faceveil {
namespace {

struct Picture {
  MediaTime time;
  std::string samples;
};

std::vector<Picture> pictures_of(const std::filesystem::path& film) {
  VideoReader reader = VideoReader::open(film, {}).value();
  std::vector<Picture> pictures;
  while (std::optional<VideoUnit> unit = reader.next().value()) {
    auto& frame = std::get<VideoFrame>(*unit);
    pictures.push_back({frame.time(), test::samples_of(frame)});
  }
  return pictures;
}

// The coded slices of each picture, in the order in which they are coded.
std::vector<std::vector<uint8_t>> slices_of(const std::filesystem::path& film) {
  const VideoReader reader = VideoReader::open(film, {}).value();
  const VideoReader::State& state = reader.state();
  const AVCodecParameters& coded = *state.format->streams[state.video]->codecpar;
  const auto sets =
      h264::parameter_sets({coded.extradata, static_cast<size_t>(coded.extradata_size)});
  std::vector<std::vector<uint8_t>> all;
  for (av::Packet packet(av_packet_alloc()); av_read_frame(state.format.get(), packet.get()) >= 0;
       av_packet_unref(packet.get())) {
    all.emplace_back();
    const auto units =
        h264::units_of({packet->data, static_cast<size_t>(packet->size)}, sets.value().framing)
            .value();
    for (const h264::Unit unit : units) {
      const bool is_slice = (unit[0] & 31) == 1 || (unit[0] & 31) == 5;
      if (is_slice) all.back().insert(all.back().end(), unit.begin(), unit.end());
    }
  }
  return all;
}

const PictureRange* group_at(const std::vector<PictureRange>& groups, int64_t picture) {
  const auto found = std::ranges::find_if(groups, [&](const PictureRange& group) {
    return group.from <= picture && picture < group.to;
  });
  return found == groups.end() ? nullptr : &*found;
}

class VideoCopy : public test::InTemporaryFolder {
 protected:
  void draw(const test::DrawnFilm& film, const std::string& name) {
    input_ = folder_ / name;
    output_ = folder_ / ("out-" + name);
    test::CodedFilm(film).write(input_);
  }

  // The groups are copied, all other pictures are encoded.
  void write(const std::vector<PictureRange>& groups) {
    VideoReader reader = VideoReader::open(input_, {}).value();
    VideoWriteOptions options;
    options.preset = "veryfast";
    options.copy_from = input_;
    VideoWriter writer = VideoWriter::create(output_, Overwrite::allow, reader, options).value();
    int64_t number = 0;
    for (; std::optional<VideoUnit> unit = reader.next().value(); ++number) {
      const PictureRange* const group = group_at(groups, number);
      if (!group) {
        ASSERT_TRUE(writer.write(std::move(*unit)));
      } else if (group->from == number) {
        ASSERT_TRUE(writer.copy(*group, std::get<VideoFrame>(*unit)));
      }
    }
    ASSERT_TRUE(writer.complete().value().finish());
  }

  // How many pictures were copied.
  int64_t compare(const std::vector<PictureRange>& groups) {
    const std::vector<Picture> before = pictures_of(input_), after = pictures_of(output_);
    const auto coded_before = slices_of(input_), coded_after = slices_of(output_);
    EXPECT_EQ(before.size(), after.size());
    if (before.size() != after.size()) return 0;
    int64_t copied = 0;
    for (size_t n = 0; n < before.size(); ++n) {
      EXPECT_NEAR(static_cast<double>(before[n].time.microseconds),
                  static_cast<double>(after[n].time.microseconds), 1000);
      if (!group_at(groups, static_cast<int64_t>(n))) continue;
      EXPECT_EQ(before[n].samples, after[n].samples);
      EXPECT_EQ(coded_before.at(n), coded_after.at(n));
      ++copied;
    }
    return copied;
  }

  std::filesystem::path input_, output_;
};

TEST_F(VideoCopy, GroupsByLotAreWhatWasCodedAndAllTimesStay) {
  std::mt19937 random(test::first_seed());
  const auto below = [&](uint32_t count) { return static_cast<int>(random() % count); };
  int64_t copied = 0;
  for (int i = 0; i < 10; ++i) {
    for (const auto& [name, container] : std::map<std::string, std::string>{
             {"film.mkv", "matroska"}, {"film.mp4", "mp4"}, {"film.ts", "mpegts"}}) {
      test::DrawnFilm film;
      film.container = container;
      film.keyframe_every = 2 + below(9);
      film.b_frames = below(4);
      film.picture_count = 25 + below(10);
      film.seed = random();
      draw(film, name);
      const auto groups = copyable_groups(input_, [&](MediaTime) { return below(12) > 0; }).value();
      write(groups);
      copied += compare(groups);
    }
  }
  EXPECT_GT(copied, 100);
}

TEST_F(VideoCopy, OtherCodecsHaveNoGroups) {
  test::DrawnFilm film;
  film.encoder = "mpeg4";
  draw(film, "film.mkv");
  EXPECT_TRUE(copyable_groups(input_, [](MediaTime) { return true; }).value().empty());
}

TEST_F(VideoCopy, EveryPictureOfAGroupIsAskedFor) {
  test::DrawnFilm film;  // 40 pictures, 10 a group.
  draw(film, "film.mkv");
  const auto groups = copyable_groups(input_, [](MediaTime time) {
                        return time.microseconds / 40'000 != 25;
                      }).value();
  EXPECT_EQ(groups, (std::vector<PictureRange>{{0, 10}, {10, 20}, {30, 40}}));
}

}  // namespace
}  // namespace faceveil

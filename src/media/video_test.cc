// What a reader of films says of damage is what keeps faces hidden in damaged films.

#include "media/video.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <iostream>
#include <set>

#include "base/files.h"
#include "base/limits.h"
#include "tests/support/drawn_films.h"
#include "tests/support/temporary_folder.h"

namespace faceveil {
namespace {

struct Seen {
  std::string samples;
  bool damaged = false, begins_group = false;
};

Result<std::vector<Seen>> read_film(const std::filesystem::path& path, bool best_effort) {
  VideoReader reader = TRY(VideoReader::open(path, {best_effort, false, 1}));
  std::vector<Seen> pictures;
  while (std::optional<VideoUnit> unit = TRY(reader.next())) {
    auto* const frame = std::get_if<VideoFrame>(&*unit);
    if (frame)
      pictures.push_back({test::samples_of(*frame), frame->damaged(), frame->begins_group()});
  }
  return pictures;
}

class VideoDamage : public test::InTemporaryFolder {
 protected:
  // How many pictures a person would see that are none of the undamaged film's. A group with damage
  // in it is not shown at all (pipeline/video_apply.cc).
  void look_at(const test::CodedFilm& film, const test::FilmDamage& damage = {}) {
    const auto path = folder_ / "film";
    film.write(path, damage);
    const Result<std::vector<Seen>> pictures = read_film(path, true);
    if (!pictures) return;  // Nothing at all can be read: nothing is shown.
    size_t begin = 0;
    for (size_t i = 0; i <= pictures->size(); ++i) {
      if (i < pictures->size() && !(*pictures)[i].begins_group) continue;
      look_at_group(std::span(*pictures).subspan(begin, i - begin));
      begin = i;
    }
  }

  // 25 damaged films of each codec that is taken; `check` looks at the counts.
  void damage_films(test::DamageKind damage, const std::function<void()>& check) {
    for (const auto& [encoder, container] : {std::pair{"mpeg2video", "mpegts"}, {"mpeg4", "avi"}}) {
      test::DrawnFilm film;
      film.size = {320, 240};
      film.encoder = encoder;
      film.container = container;
      if (film.container == "avi") film.b_frames = 0;
      const test::CodedFilm coded(film);
      remember_clean(coded);
      shown_ = covered_ = wrong_ = 0;
      constexpr uint64_t first_seed = 1, films = 25;
      for (uint64_t seed = first_seed; seed < first_seed + films; ++seed) {
        look_at(coded, test::damage_by_lot(damage, seed));
      }
      check();
      EXPECT_GT(shown_, 0) << encoder;
      EXPECT_GT(covered_, 0) << encoder;
      std::cout << encoder << " in " << container << ": " << films << " films from seed "
                << first_seed << " on, " << shown_ << " pictures shown, " << covered_
                << " covered, " << wrong_ << " shown that are not the film's\n";
    }
  }

  void look_at_group(std::span<const Seen> group) {
    const bool damaged = std::ranges::any_of(group, &Seen::damaged);
    for (const Seen& picture : group) {
      covered_ += damaged;
      shown_ += !damaged;
      wrong_ += !damaged && !clean_.contains(picture.samples);
    }
  }

  void remember_clean(const test::CodedFilm& film) {
    film.write(folder_ / "clean");
    const auto pictures = read_film(folder_ / "clean", false).value();
    clean_.clear();
    for (const Seen& picture : pictures) clean_.insert(picture.samples);
  }

  std::set<std::string> clean_;
  int shown_ = 0, covered_ = 0, wrong_ = 0;
};

// A packet that is missing or cut off is always noticed.
TEST_F(VideoDamage, NoPictureThatLostOrCutPacketsReachedIsShown) {
  damage_films(test::DamageKind::lost_or_cut, [&] { EXPECT_EQ(wrong_, 0); });
}

// Changed bytes may give another valid picture, which nobody can notice: docs/video.md says so.
TEST_F(VideoDamage, FewPicturesThatChangedBytesReachedAreShown) {
  damage_films(test::DamageKind::changed_bytes, [&] { EXPECT_LE(5 * wrong_, shown_); });
}

TEST_F(VideoDamage, IsRefusedWhereTheDecoderDoesNotTellOfIt) {
  for (const char* encoder : {"libx264", "libx265", "mjpeg"}) {
    test::DrawnFilm film;
    film.encoder = encoder;
    film.b_frames = 0;
    test::CodedFilm(film).write(folder_ / "film");
    EXPECT_TRUE(read_film(folder_ / "film", false));
    EXPECT_EQ(read_film(folder_ / "film", true).error().kind, Error::Kind::unsupported);
  }
}

TEST_F(VideoDamage, AnUndamagedFilmIsShownWhole) {
  test::DrawnFilm drawn;
  drawn.encoder = "mpeg4";
  const test::CodedFilm film(drawn);
  remember_clean(film);
  look_at(film);
  EXPECT_EQ(shown_, drawn.picture_count);
  EXPECT_EQ(covered_, 0);
  EXPECT_EQ(wrong_, 0);
}

TEST_F(VideoDamage, IsAnErrorWhereNobodyAskedForTheBest) {
  const test::CodedFilm film({});
  film.write(folder_ / "film", [](int index, std::vector<uint8_t>& coded) {
    if (index == 12) coded.resize(coded.size() / 2);
    return true;
  });
  const auto pictures = read_film(folder_ / "film", false);
  ASSERT_FALSE(pictures);
  EXPECT_EQ(pictures.error().kind, Error::Kind::bad_input);
}

// An IVF file says the time of each picture in 64 bits.
void say_times(const std::filesystem::path& ivf, std::span<const int64_t> times) {
  Bytes file = read_file(ivf, limits::input_bytes_max).value();
  size_t at = 32;
  for (const int64_t time : times) {
    ASSERT_LE(at + 12, file.size());
    uint32_t length = 0;
    std::memcpy(&length, &file[at], sizeof length);
    std::memcpy(&file[at + 4], &time, sizeof time);
    at += 12 + length;
  }
  ASSERT_TRUE(write_file(ivf, file, Overwrite::allow));
}

// Whose sums and differences no number holds.
TEST_F(VideoDamage, TimesThatNoFilmHasAreAnError) {
  test::DrawnFilm film;
  film.size = {32, 16};
  film.picture_count = 4;
  film.b_frames = 0;
  film.encoder = "libvpx";
  film.container = "ivf";
  const test::CodedFilm coded(film);
  constexpr int64_t least = INT64_MIN + 1, most = INT64_MAX;
  for (const auto& times : std::vector<std::vector<int64_t>>{
           {0, most - 1, most}, {least, most}, {most - 1, most, 0, 1}, {least, least + 1, 0}}) {
    coded.write(folder_ / "film.ivf");
    ASSERT_TRUE(read_film(folder_ / "film.ivf", false));
    say_times(folder_ / "film.ivf", times);
    const auto pictures = read_film(folder_ / "film.ivf", false);
    ASSERT_FALSE(pictures);
    EXPECT_EQ(pictures.error().kind, Error::Kind::bad_input);
  }
}

TEST_F(VideoDamage, SoundBeforeTheFirstPictureDoesNotFillTheMemory) {
  test::DrawnFilm film;
  film.sound_packet_bytes = 1 << 20;
  for (const int packets : {8, 70}) {
    film.sound_packets = packets;
    test::CodedFilm(film).write(folder_ / "film.mkv");
    VideoReader reader = VideoReader::open(folder_ / "film.mkv", {}).value();
    VideoWriter writer =
        VideoWriter::create(folder_ / "out.mkv", Overwrite::allow, reader, {}).value();
    ASSERT_TRUE(writer.keeps_sound());
    Status status;
    while (status) {
      std::optional<VideoUnit> unit = reader.next().value();
      if (!unit) break;
      status = writer.write(std::move(*unit));
    }
    ASSERT_EQ(status.has_value(), packets == 8);
    EXPECT_TRUE(status || status.error().kind == Error::Kind::over_limit);
  }
}

}  // namespace
}  // namespace faceveil

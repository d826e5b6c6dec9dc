#include <gtest/gtest.h>

#include <algorithm>

#include "pipeline/video.h"
#include "plan/plan_json.h"
#include "tests/support/drawn_films.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/temporary_folder.h"

namespace faceveil {
namespace {

void draw_face_in(VideoFrame& frame, const Rect& box) {
  Image image = frame.picture().value();
  test::draw_face(image, box);
  VideoFrame drawn = frame.encoded_like_this(image).value();
  for (int i = 0; i < 3; ++i) {
    const VideoPlane from = drawn.plane(i), to = frame.plane(i);
    for (int y = 0; y < to.size.height; ++y) {
      std::copy_n(from.row<uint8_t>(y), to.size.width, to.row<uint8_t>(y));
    }
  }
}

class VideoPlan : public test::InTemporaryFolder {
 protected:
  // A drawn face that moves over noise: enough pictures for full searches and windows.
  std::filesystem::path write_film() const {
    test::DrawnFilm drawn;
    drawn.size = {240, 180};
    drawn.picture_count = 14;
    const std::filesystem::path noise = folder_ / "noise.mkv", film = folder_ / "film.mkv";
    test::CodedFilm(drawn).write(noise);
    VideoReader reader = VideoReader::open(noise, {}).value();
    VideoWriter writer = VideoWriter::create(film, Overwrite::refuse, reader, {}).value();
    for (float x = 20; std::optional<VideoUnit> unit = reader.next().value(); x += 4) {
      draw_face_in(std::get<VideoFrame>(*unit), {x, 30, 90, 110});
      EXPECT_TRUE(writer.write(std::move(*unit)).has_value());
    }
    EXPECT_TRUE(writer.complete().value().finish().has_value());
    return film;
  }

  static RedactionPlan plan_of(const std::filesystem::path& film, Search search, int threads) {
    DetectorOptions look = matching(std::nullopt, search);
    look.thread_count = threads;
    const Detector detector = Detector::create(find_model_folder().value(), look).value();
    PlanOptions options;
    options.score_min = 0.1f;
    VideoOptions video;
    video.write.thread_count = threads;
    return make_video_plan(film, &detector, options, video).value();
  }
};

TEST_F(VideoPlan, AnyNumberOfThreadsMakesTheSameBytes) {
  const std::filesystem::path film = write_film();
  for (const Search search : {Search::quick, Search::balanced}) {
    const RedactionPlan one = plan_of(film, search, 1);
    EXPECT_FALSE(one.tracks.empty()) << search_name(search);
    for (const int threads : {2, 3}) {
      EXPECT_EQ(format_plan(plan_of(film, search, threads)), format_plan(one))
          << search_name(search) << ", " << threads << " threads";
    }
  }
}

TEST_F(VideoPlan, AStopEndsTheWorkThoughPicturesAreDecodedAhead) {
  const std::filesystem::path film = write_film();
  VideoOptions video;
  int pictures = 0;
  video.stop_requested = [&] { return ++pictures > 3; };
  const auto plan = make_video_plan(film, nullptr, {}, video);
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().kind, Error::Kind::cancelled);
}

TEST_F(VideoPlan, AFilmCutOffEndsWithAnErrorNotWithAShorterPlan) {
  test::DrawnFilm film;
  film.picture_count = 40;
  const std::filesystem::path path = folder_ / "film.mkv";
  test::CodedFilm(film).write(path, [](int index, std::vector<uint8_t>& coded) {
    if (index == 20) coded.resize(coded.size() / 2);
    return true;
  });
  const auto plan = make_video_plan(path, nullptr, {}, {});
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().kind, Error::Kind::bad_input);
}

}  // namespace
}  // namespace faceveil

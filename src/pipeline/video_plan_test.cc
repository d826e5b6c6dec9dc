#include <gtest/gtest.h>

#include <algorithm>

#include "pipeline/video.h"
#include "plan/plan_json.h"
#include "tests/support/drawn_films.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/temporary_folder.h"

namespace faceveil {
namespace {

void put(const Image& image, VideoFrame& frame) {
  VideoFrame drawn = frame.encoded_like_this(image).value();
  for (int i = 0; i < 3; ++i) {
    const VideoPlane from = drawn.plane(i), to = frame.plane(i);
    for (int y = 0; y < to.size.height; ++y) {
      std::copy_n(from.row<uint8_t>(y), to.size.width, to.row<uint8_t>(y));
    }
  }
}

void draw_face_in(VideoFrame& frame, const Rect& box) {
  Image image = frame.picture().value();
  test::draw_face(image, box);
  put(image, frame);
}

// A quarter turn clockwise.
Image turned(const Image& rgb8) {
  const auto [width, height] = rgb8.size();
  Image once = Image::create(PixelFormat::rgb8, {height, width}).value();
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      std::copy_n(rgb8.row<uint8_t>(y) + ptrdiff_t{3} * x, 3,
                  once.row<uint8_t>(x) + ptrdiff_t{3} * (height - 1 - y));
    }
  }
  return once;
}

class VideoPlan : public test::InTemporaryFolder {
 protected:
  // Noise, on which `draw` draws: picture by picture, numbered.
  std::filesystem::path write_film(int pictures,
                                   const std::function<void(int, VideoFrame&)>& draw) const {
    test::DrawnFilm drawn;
    drawn.size = {240, 180};
    drawn.picture_count = pictures;
    const std::filesystem::path noise = folder_ / "noise.mkv", film = folder_ / "film.mkv";
    test::CodedFilm(drawn).write(noise);
    VideoReader reader = VideoReader::open(noise, {}).value();
    VideoWriter writer = VideoWriter::create(film, Overwrite::refuse, reader, {}).value();
    for (int i = 0; std::optional<VideoUnit> unit = reader.next().value(); ++i) {
      draw(i, std::get<VideoFrame>(*unit));
      EXPECT_TRUE(writer.write(std::move(*unit)).has_value());
    }
    EXPECT_TRUE(writer.complete().value().finish().has_value());
    return film;
  }

  // A drawn face that moves: enough pictures for full searches and windows.
  std::filesystem::path write_film() const {
    return write_film(14, [](int i, VideoFrame& frame) {
      draw_face_in(frame, {20 + 4 * static_cast<float>(i), 30, 90, 110});
    });
  }

  struct Wish {
    float score_min = 0.1f;
    bool harder_look = true;
  };

  static RedactionPlan plan_of(const std::filesystem::path& film, Search search, int threads,
                               Wish wish = {0.1f, true}) {
    DetectorOptions look = matching(std::nullopt, search);
    look.thread_count = threads;
    const Detector detector = Detector::create(find_model_folder().value(), look).value();
    PlanOptions options;
    options.score_min = wish.score_min;
    VideoOptions video;
    video.write.thread_count = threads;
    video.harder_look = wish.harder_look;
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

// Someone who lies there from a cut on: balanced search gives the drawn face 0.5, thorough 1.0.
TEST_F(VideoPlan, AFaceThatOnlyTheHarderLookSeesIsHiddenBackToTheCut) {
  constexpr int cut = 5, pictures = 12;
  Image lying = Image::create(PixelFormat::rgb8, {180, 240}).value();
  std::fill_n(lying.data(), lying.size_bytes(), std::byte{150});
  test::draw_face(lying, {65, 90, 50, 60});
  lying = turned(lying);
  const std::filesystem::path film = write_film(pictures, [&](int i, VideoFrame& frame) {
    put(i < cut ? test::gradient_picture(PixelFormat::rgb8, frame.size()) : lying.copy().value(),
        frame);
  });
  const auto hidden = [](const RedactionPlan& plan, int picture) {
    const auto regions = regions_at(plan, {picture * 40'000});
    return std::ranges::any_of(regions, [&](const Region& region) {
      return intersection_over_union(region.face, {90, 60, 60, 60}) > 0.4f;
    });
  };
  const RedactionPlan plan = plan_of(film, Search::balanced, 2, {.score_min = 0.75f});
  const RedactionPlan spared =
      plan_of(film, Search::balanced, 2, {.score_min = 0.75f, .harder_look = false});
  for (int i = 0; i < pictures; ++i) {
    EXPECT_EQ(hidden(plan, i), i >= cut) << i;
    EXPECT_FALSE(hidden(spared, i)) << i;
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

// Looking again in the lighter way, against looking at every picture whole.
#include "pipeline/verify_video.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/sha256.h"
#include "tests/support/drawn_films.h"
#include "tests/support/temporary_folder.h"

namespace faceveil {
namespace {

constexpr int picture_count = 36, picture_us = 40'000;

// A film with a face that walks, and a plan that leaves it in sight in pictures [from, to).
class LookingAgain : public test::InTemporaryFolder {
 protected:
  LookingAgain() {
    film_.size = {320, 240};
    film_.picture_count = picture_count;
    film_.face = true;
  }

  RedactionPlan plan_without(int from, int to) const {
    RedactionPlan plan;
    plan.source.size = film_.size;
    for (const auto& [begin, end] : {std::pair(0, from), std::pair(to, picture_count)}) {
      if (begin == end) continue;
      Track track;
      track.id = static_cast<uint32_t>(plan.tracks.size() + 1);
      for (int i = begin; i < end; ++i) {
        track.keyframes.push_back({{i * picture_us}, test::drawn_face(film_, i), 0.9f});
      }
      plan.tracks.push_back(std::move(track));
    }
    return plan;
  }

  VideoVerification look(const std::filesystem::path& hidden, const std::filesystem::path& source,
                         const RedactionPlan& plan, bool every_picture) const {
    VideoVerifyRequest request;
    request.film = hidden;
    request.source = source;
    request.plan = &plan;
    request.detector = &detector_;
    request.every_picture = every_picture;
    return verify_video(request).value();
  }

  static DetectorOptions on_both_processors() {
    DetectorOptions options = matching(std::nullopt, Search::balanced);
    options.thread_count = 2;
    return options;
  }

  test::DrawnFilm film_;
  const Detector detector_ =
      Detector::create(find_model_folder().value(), on_both_processors()).value();
};

std::vector<MediaTime> times_of(const VideoVerification& found) {
  std::vector<MediaTime> times;
  for (const Exposure& exposure : found.exposures) {
    for (const Keyframe& seen : exposure.seen) times.push_back(seen.time);
  }
  std::ranges::sort(times);
  times.erase(std::unique(times.begin(), times.end()), times.end());
  return times;
}

// What is in sight for half a second is met by a whole picture at the latest, and from there on
// windows follow it in both directions of time.
TEST_F(LookingAgain, TheLighterWayFindsEveryPictureInWhichAFaceWasLeftInSight) {
  std::mt19937 random(7);
  const std::filesystem::path source = folder_ / "film.mkv", hidden = folder_ / "hidden.mkv";
  for (int round = 0; round < 2; ++round) {
    film_.seed = random();
    test::CodedFilm(film_).write(source);
    const int length = 13 + static_cast<int>(random() % 8);
    const int from = static_cast<int>(random() % static_cast<unsigned>(picture_count - length));
    const RedactionPlan plan = plan_without(from, from + length);
    RedactionPlan stamped = plan;
    stamped.source.sha256 = sha256_of_file(source, {}).value();
    ASSERT_TRUE(apply_video_plan(stamped, source, hidden, Overwrite::allow, {}, {}).has_value());
    const VideoVerification whole = look(hidden, source, plan, true);
    const VideoVerification light = look(hidden, source, plan, false);
    ASSERT_FALSE(whole.exposures.empty()) << from << " to " << from + length;
    EXPECT_LT(light.pictures_looked_at_whole, whole.pictures_looked_at_whole / 4);
    const std::vector<MediaTime> all = times_of(whole), found = times_of(light);
    EXPECT_TRUE(std::ranges::includes(found, all))
        << found.size() << " of " << all.size() << " pictures, " << from << " to " << from + length;
  }
}

TEST_F(LookingAgain, WhereNothingWasLeftBothWaysFindNothing) {
  const std::filesystem::path source = folder_ / "film.mkv", hidden = folder_ / "hidden.mkv";
  test::CodedFilm(film_).write(source);
  RedactionPlan plan = plan_without(picture_count, picture_count);
  plan.source.sha256 = sha256_of_file(source, {}).value();
  ASSERT_TRUE(apply_video_plan(plan, source, hidden, Overwrite::allow, {}, {}).has_value());
  for (const bool every_picture : {true, false}) {
    const VideoVerification found = look(hidden, source, plan, every_picture);
    EXPECT_TRUE(found.exposures.empty());
    EXPECT_EQ(found.pictures, picture_count);
    EXPECT_GT(found.pictures_looked_at, 0);
  }
}

}  // namespace
}  // namespace faceveil

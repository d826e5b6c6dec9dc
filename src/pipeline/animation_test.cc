// What is hidden in an animation is in none of its pictures, and what is in sight stays as it was.

#include "media/animation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "base/sha256.h"
#include "pipeline/verify_video.h"
#include "pipeline/video.h"
#include "tests/support/drawn_animations.h"
#include "tests/support/random_seed.h"
#include "tests/support/temporary_folder.h"

namespace faceveil {
namespace {

constexpr Effect effects[] = {Effect::veil, Effect::solid, Effect::emoji};

class HiddenAnimation : public test::InTemporaryFolder {
 protected:
  // Boxes that move, from picture to picture at any time.
  RedactionPlan random_plan(Size size) {
    RedactionPlan plan;
    plan.source.size = size;
    const auto count = 1 + random_() % 2;
    for (uint32_t id = 1; id <= count; ++id) {
      Track track;
      track.id = id;
      track.effect = effects[random_() % std::size(effects)];
      track.shape = random_() % 2 ? Shape::ellipse : Shape::rectangle;
      for (int64_t at = static_cast<int64_t>(random_() % 2) * 120'000, i = 0; i < 3; ++i) {
        const auto width = static_cast<float>(3 + random_() % 9);
        const auto height = static_cast<float>(3 + random_() % 9);
        const auto x = static_cast<float>(random_() % static_cast<uint32_t>(size.width));
        const auto y = static_cast<float>(random_() % static_cast<uint32_t>(size.height));
        track.keyframes.push_back({{at}, {x, y, width, height}, 1});
        at += 150'000;
      }
      plan.tracks.push_back(std::move(track));
    }
    return plan;
  }

  std::filesystem::path put(const std::string& name, StillFormat format,
                            const std::vector<test::DrawnFrame>& frames, Size size) {
    const Bytes file = format == StillFormat::gif ? test::gif_of(size, frames, 0, true)
                                                  : test::webp_of(size, frames, 0, true);
    EXPECT_TRUE(write_file(folder_ / name, file, Overwrite::allow));
    return folder_ / name;
  }

  Result<HiddenVideo> hide(RedactionPlan& plan, const std::filesystem::path& input,
                           const std::filesystem::path& output) {
    plan.source.sha256 = *sha256_of_file(input);
    return apply_video_plan(plan, input, output, Overwrite::allow, {}, {});
  }

  Check locality(const RedactionPlan& plan, const std::filesystem::path& input,
                 const std::filesystem::path& output, bool has_words = false) {
    VideoVerifyRequest request;
    request.film = output;
    request.source = input;
    request.plan = &plan;
    const Result<VideoVerification> found = verify_video(request);
    EXPECT_TRUE(found) << found.error().text;
    EXPECT_EQ(found->clean(), !has_words);
    return found->locality;
  }

  std::mt19937 random_;
};

bool is_hidden(const RedactionPlan& plan, MediaTime time, int x, int y) {
  for (const Region& region : regions_at(plan, time)) {
    // Generous: the box of a region holds all of its pixels.
    const auto px = static_cast<float>(x) + 0.5f, py = static_cast<float>(y) + 0.5f;
    const Rect& box = region.box;
    const float dx = (px - box.x - box.width / 2) / (box.width / 2);
    const float dy = (py - box.y - box.height / 2) / (box.height / 2);
    const bool inside = region.shape == Shape::ellipse
                            ? dx * dx + dy * dy < 0.9f
                            : std::abs(dx) < 0.99f && std::abs(dy) < 0.99f;
    if (inside) return true;
  }
  return false;
}

// Whole pictures of few colours, and the same with other things where the plan hides: colours that
// are nowhere else, nothing at all, the first one's.
struct Pair {
  std::vector<test::DrawnFrame> one, other;
};

Pair pair_of(Size size, const RedactionPlan& plan, std::mt19937& random) {
  Pair pair;
  auto frames = test::random_frames(size, 4, false, random);
  std::vector<Image> seen = test::seen_pictures(size, frames);
  MediaTime time;
  for (size_t i = 0; i < seen.size(); ++i) {
    test::DrawnFrame one, other;
    one.image = std::move(seen[i]);
    other.image = *one.image.copy();
    one.duration_ms = other.duration_ms = frames[i].duration_ms;
    one.disposal = other.disposal = test::Disposal::clears;
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) {
        if (!is_hidden(plan, time, x, y) || random() % 4 == 0) continue;
        uint8_t* pixel = other.image.row<uint8_t>(y) + ptrdiff_t{x} * 4;
        const auto kind = static_cast<uint8_t>(random() % 40);
        std::fill_n(pixel, 4, uint8_t{0});
        if (kind < 5) continue;
        std::fill_n(pixel, 3, kind);
        pixel[3] = 255;
      }
    }
    time.microseconds += int64_t{shown_ms(one.duration_ms)} * 1000;
    pair.one.push_back(std::move(one));
    pair.other.push_back(std::move(other));
  }
  return pair;
}

TEST_F(HiddenAnimation, SaysNothingOfWhatIsHidden) {
  const uint32_t first_seed = test::first_seed();
  int different = 0;
  for (uint32_t i = 0; i < 40 && !HasFailure(); ++i) {
    SCOPED_TRACE(testing::Message() << "case " << i);
    random_.seed(first_seed + i);
    const Size size = {static_cast<int>(12 + random_() % 24),
                       static_cast<int>(12 + random_() % 20)};
    RedactionPlan plan = random_plan(size);
    const Pair pair = pair_of(size, plan, random_);
    const StillFormat from = i % 2 ? StillFormat::gif : StillFormat::webp;
    const auto first = put("first", from, pair.one, size);
    const auto second = put("second", from, pair.other, size);
    different += *sha256_of_file(first) != *sha256_of_file(second);
    for (const char* const name : {"out.gif", "out.webp"}) {
      ASSERT_TRUE(hide(plan, first, folder_ / (std::string("1-") + name)));
      ASSERT_TRUE(hide(plan, second, folder_ / (std::string("2-") + name)));
      EXPECT_EQ(*sha256_of_file(folder_ / (std::string("1-") + name)),
                *sha256_of_file(folder_ / (std::string("2-") + name)))
          << name;
    }
  }
  EXPECT_GT(different, 20);
}

TEST_F(HiddenAnimation, KeepsWhatIsInSight) {
  const uint32_t first_seed = test::first_seed();
  for (uint32_t i = 0; i < 40 && !HasFailure(); ++i) {
    SCOPED_TRACE(testing::Message() << "case " << i);
    random_.seed(first_seed + i);
    const Size size = {static_cast<int>(12 + random_() % 24),
                       static_cast<int>(12 + random_() % 20)};
    RedactionPlan plan = random_plan(size);
    const StillFormat from = i % 2 ? StillFormat::gif : StillFormat::webp;
    const auto input = put("input", from, test::random_frames(size, 5, i % 2, random_), size);
    for (const char* const name : {"out.gif", "out.webp"}) {
      const Result<HiddenVideo> done = hide(plan, input, folder_ / name);
      ASSERT_TRUE(done) << done.error().text;
      EXPECT_EQ(done->frames, 5);
      const Check check = locality(plan, input, folder_ / name);
      const bool can_be_checked = from == StillFormat::gif || std::string(name) == "out.webp";
      EXPECT_EQ(check.outcome, can_be_checked ? CheckOutcome::clean : CheckOutcome::not_checked)
          << name << ": " << check.note.in(Language::english);
    }
  }
}

// The check is no formality: a pixel that was touched is found.
TEST_F(HiddenAnimation, VerifyFindsAPixelThatChanged) {
  random_.seed(3);
  const Size size = {24, 16};
  RedactionPlan plan = random_plan(size);
  plan.tracks.resize(1);
  plan.tracks[0].keyframes = {{{0}, {2, 2, 4, 4}, 1}};
  auto frames = test::random_frames(size, 3, false, random_);
  Image& image = frames[2].image;
  uint8_t* const pixel = image.row<uint8_t>(image.size().height - 1) + image.stride_bytes() - 4;
  std::fill_n(pixel, 4, uint8_t{255});
  const auto input = put("input", StillFormat::gif, frames, size);
  pixel[0] = 200;
  const auto output = put("output", StillFormat::gif, frames, size);
  EXPECT_EQ(locality(plan, input, output, true).outcome, CheckOutcome::found);
}

TEST_F(HiddenAnimation, LeavesNoOutputWhereItFails) {
  random_.seed(5);
  const Size size = {24, 16};
  RedactionPlan plan = random_plan(size);
  const auto frames = test::random_frames(size, 5, false, random_);
  Bytes file = test::webp_of(size, frames, 0, false);
  file.resize(file.size() * 2 / 3);
  ASSERT_TRUE(write_file(folder_ / "cut.webp", file, Overwrite::allow));
  EXPECT_FALSE(hide(plan, folder_ / "cut.webp", folder_ / "out.webp"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out.webp"));
}

}  // namespace
}  // namespace faceveil

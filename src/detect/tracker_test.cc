#include "detect/tracker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "detect/scene_cut.h"
#include "detect/tracking/smoothing.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

constexpr Size picture = {640, 360};
constexpr int64_t picture_us = 33'333;

using Clip = std::vector<std::vector<Face>>;  // What is seen in each picture.

MediaTime time_of(size_t index) { return {static_cast<int64_t>(index) * picture_us}; }

Face face(Rect box, float score) {
  Face made;
  made.box = box;
  made.score = score;
  return made;
}

std::vector<Track> track(const Clip& clip, std::vector<size_t> cuts = {},
                         TrackerOptions options = {}) {
  Tracker tracker(options, picture);
  for (size_t i = 0; i < clip.size(); ++i) {
    tracker.look(time_of(i), std::ranges::find(cuts, i) != cuts.end());
    tracker.observe(clip[i]);
  }
  return tracker.finish();
}

bool contains(const Rect& outer, const Rect& inner) {
  const float slack = 1e-3f;
  return outer.x <= inner.x + slack && outer.y <= inner.y + slack &&
         outer.right() >= inner.right() - slack && outer.bottom() >= inner.bottom() - slack;
}

bool is_covered(const std::vector<Track>& tracks, size_t index, const Rect& box) {
  return std::ranges::any_of(tracks, [&](const Track& one) {
    const auto at = box_at(one, time_of(index));
    return at && contains(*at, box);
  });
}

// A face on a curved way through the picture.
struct Way {
  explicit Way(std::mt19937& random) {
    std::uniform_real_distribution<float> share(0, 1);
    x = 100 + 300 * share(random), y = 60 + 150 * share(random), side = 20 + 80 * share(random);
    speed_x = -4 + 8 * share(random), speed_y = -2 + 4 * share(random);
    swing = 30 * share(random);
  }
  Rect at(size_t index) const {
    const auto t = static_cast<float>(index);
    return {x + speed_x * t + swing * std::sin(t / 15), y + speed_y * t, side, side * 1.2f};
  }
  float x, y, side, speed_x, speed_y, swing;
};

TEST(Tracker, EveryPictureBetweenFirstAndLastSightingIsCoveredThoughSomeAreMissed) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    const Way way(random);
    std::uniform_real_distribution<float> share(0, 1);
    Clip clip(80);
    size_t first = clip.size(), last = 0;
    for (size_t i = 10; i < 70; ++i) {
      if (share(random) < 0.4f) continue;
      clip[i] = {face(way.at(i), 0.16f + 0.8f * share(random))};
      first = std::min(first, i), last = i;
    }
    const std::vector<Track> tracks = track(clip);
    ASSERT_FALSE(tracks.empty());
    for (size_t i = first; i <= last; ++i) {
      // What was seen lies inside whole; what was not at least by its middle.
      const Rect box = clip[i].empty() ? grown(way.at(i), -0.25f) : way.at(i);
      EXPECT_TRUE(is_covered(tracks, i, box)) << "seed " << seed << ", picture " << i;
    }
  }
}

TEST(Tracker, BothEndsAreExtendedUntilTheCutAndNoFurther) {
  Clip clip(140);
  for (size_t i = 60; i < 70; ++i) clip[i] = {face({100, 100, 50, 60}, 0.9f)};
  const std::vector<Track> free = track(clip);
  ASSERT_EQ(free.size(), 1u);
  EXPECT_EQ(free[0].keyframes.front().time, time_of(51));  // 0.3 s are nine pictures.
  EXPECT_EQ(free[0].keyframes.back().time, time_of(78));
  EXPECT_FALSE(free[0].needs_review);

  const std::vector<Track> cut = track(clip, {58, 72});
  ASSERT_EQ(cut.size(), 1u);
  EXPECT_EQ(cut[0].keyframes.front().time, time_of(58));
  EXPECT_EQ(cut[0].keyframes.back().time, time_of(71));
}

TEST(Tracker, ACutDividesAFaceThatStaysInPlace) {
  Clip clip(40, {face({100, 100, 50, 60}, 0.9f)});
  EXPECT_EQ(track(clip).size(), 1u);
  const std::vector<Track> tracks = track(clip, {20});
  ASSERT_EQ(tracks.size(), 2u);
  EXPECT_EQ(tracks[0].keyframes.back().time, time_of(19));
  EXPECT_EQ(tracks[1].keyframes.front().time, time_of(20));
}

TEST(Tracker, GapsLongerThanASecondEndATrack) {
  Clip clip(100);
  for (const size_t i : {10u, 11u, 35u, 36u, 80u, 81u}) {
    clip[i] = {face({100, 100, 50, 60}, 0.9f)};
  }
  EXPECT_EQ(track(clip).size(), 2u);
}

TEST(Tracker, AWeakSightingBecomesAShortTrackForReviewAndAFaintOneNone) {
  Clip clip(60);
  clip[30] = {face({100, 100, 50, 60}, 0.3f), face({300, 100, 50, 60}, 0.16f)};
  const std::vector<Track> tracks = track(clip);
  ASSERT_EQ(tracks.size(), 1u);
  EXPECT_TRUE(tracks[0].needs_review);
  EXPECT_TRUE(is_covered(tracks, 30, {100, 100, 50, 60}));
  EXPECT_LE(tracks[0].keyframes.back().time.microseconds - time_of(30).microseconds, 100'000);
}

// A face that only grows certain later is carried back to its faint beginnings, and the other way.
TEST(Tracker, FaintSightingsCarryOnATrackInBothDirections) {
  Clip clip(60);
  for (size_t i = 5; i < 55; ++i) {
    clip[i] = {face({100.0f + static_cast<float>(i), 100, 50, 60}, i == 30 ? 0.9f : 0.16f)};
  }
  const std::vector<Track> tracks = track(clip);
  ASSERT_EQ(tracks.size(), 1u);
  EXPECT_FALSE(tracks[0].needs_review);
  EXPECT_EQ(tracks[0].keyframes.front().time, time_of(0));
  EXPECT_EQ(tracks[0].keyframes.back().time, time_of(59));
}

TEST(Tracker, AClipPlayedBackwardsIsCoveredTheSame) {
  for (uint32_t seed = 0; seed < 30; ++seed) {
    std::mt19937 random(seed);
    const Way one(random), other(random);
    std::uniform_real_distribution<float> share(0, 1);
    Clip clip(60);
    for (size_t i = 10; i < 50; ++i) {
      if (share(random) > 0.3f) clip[i].push_back(face(one.at(i), 0.2f + 0.7f * share(random)));
      if (share(random) > 0.3f) clip[i].push_back(face(other.at(i), 0.2f + 0.7f * share(random)));
    }
    Clip turned(clip.rbegin(), clip.rend());
    const std::vector<Track> there = track(clip), back = track(turned);
    for (size_t i = 0; i < clip.size(); ++i) {
      std::vector<std::pair<float, float>> a, b;
      for (const Track& t : there)
        if (const auto box = box_at(t, time_of(i))) a.emplace_back(box->x, box->bottom());
      for (const Track& t : back)
        if (const auto box = box_at(t, time_of(59 - i))) b.emplace_back(box->x, box->bottom());
      std::ranges::sort(a), std::ranges::sort(b);
      ASSERT_EQ(a, b) << "seed " << seed << ", picture " << i;
    }
  }
}

TEST(Tracker, TheOrderOfTheFacesOfAPictureDoesNotMatter) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> share(0, 1);
  Clip clip(60);
  std::vector<Way> ways;
  ways.reserve(5);
  for (int i = 0; i < 5; ++i) ways.emplace_back(random);
  for (size_t i = 0; i < clip.size(); ++i) {
    for (const Way& way : ways) {
      if (share(random) > 0.3f) clip[i].push_back(face(way.at(i), share(random)));
    }
  }
  const std::vector<Track> tracks = track(clip);
  for (std::vector<Face>& faces : clip) std::ranges::shuffle(faces, random);
  EXPECT_EQ(track(clip), tracks);
}

float most_moved(const Rect& a, const Rect& b) {
  return std::max({std::abs(a.x - b.x), std::abs(a.y - b.y), std::abs(a.right() - b.right()),
                   std::abs(a.bottom() - b.bottom())});
}

TEST(Tracker, BordersOfAStillFaceMoveByOnePixelAtMostAndNeverInside) {
  for (uint32_t seed = 0; seed < 30; ++seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> noise(0, 1);
    const float side = 20.0f + 8.0f * static_cast<float>(seed), shake = side * 0.01f;
    Clip clip(90);
    for (std::vector<Face>& faces : clip) {
      faces = {face({100 + shake * noise(random), 80 + shake * noise(random),
                     side + shake * noise(random), side + shake * noise(random)},
                    0.9f)};
    }
    const std::vector<Track> tracks = track(clip);
    ASSERT_EQ(tracks.size(), 1u);
    for (size_t i = 0; i < clip.size(); ++i) {
      const Rect box = box_at(tracks[0], time_of(i)).value();
      ASSERT_TRUE(contains(box, clip[i][0].box));
      if (i == 0) continue;
      const Rect before = box_at(tracks[0], time_of(i - 1)).value();
      EXPECT_LE(most_moved(before, box), 1.001f) << seed;
    }
  }
}

// What a detector says of a face that stands still, seen by a noisy sensor: boxes shake, some are a
// quarter too large or belong to the head rather than to the face, and sightings come and go.
Clip still_face(std::mt19937& random, float side) {
  std::normal_distribution<float> noise(0, 1);
  std::uniform_real_distribution<float> share(0, 1);
  const float shake = side * 0.03f;
  Clip clip(120);
  bool is_seen = true, sees_head = false;
  for (std::vector<Face>& faces : clip) {
    is_seen = share(random) < (is_seen ? 0.8f : 0.2f);
    if (share(random) < 0.05f) sees_head = !sees_head;
    if (!is_seen) continue;
    const float size = side * (sees_head ? 1.2f : 1) * (share(random) < 0.05f ? 1.25f : 1);
    const float x = 300 + shake * noise(random) - size / 2;
    const float y = 180 + shake * noise(random) - size / 2;
    faces = {face({x, y, size + shake * noise(random), size + shake * noise(random)},
                  0.16f + 0.8f * share(random))};
  }
  return clip;
}

TEST(Tracker, BordersOfAStillFaceMoveByOnePixelAtMostThoughSightingsComeAndGo) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    const Clip clip = still_face(random, 20.0f + 2.4f * static_cast<float>(seed % 100));
    for (const Track& one : track(clip)) {
      for (size_t i = 1; i < clip.size(); ++i) {
        const auto before = box_at(one, time_of(i - 1)), box = box_at(one, time_of(i));
        if (!before || !box) continue;
        EXPECT_LE(most_moved(*before, *box), 1.001f) << seed << ", " << i;
      }
    }
  }
}

bool looks_at(const Look& look, const Rect& box) {
  return std::ranges::any_of(
      look.windows, [&](const SearchWindow& window) { return contains(window.area, box); });
}

TEST(Tracker, BetweenFullSearchesItSaysWhereToLook) {
  TrackerOptions options;
  options.detect_every = 4;
  options.window_us_min = 0;
  Tracker tracker(options, picture);
  std::string looks;
  for (size_t i = 0; i < 16; ++i) {
    const Rect box{600.0f - 3.0f * static_cast<float>(i), 20, 40, 50};
    const Look look = tracker.look(time_of(i), i == 10);
    looks += look.full ? 'F' : '.';
    for (const SearchWindow& window : look.windows) {
      EXPECT_GE(window.area.x, 0);
      EXPECT_GE(window.area.y, 0);
      EXPECT_LE(window.area.right(), 640);
      EXPECT_LE(window.area.bottom(), 360);
      EXPECT_NEAR(window.side_px, std::sqrt(box.area()), 1e-3);
    }
    const Rect inside{box.x, box.y, std::min(box.width, 640 - box.x), box.height};
    EXPECT_TRUE(look.full || looks_at(look, inside)) << i;
    tracker.observe(std::vector<Face>{face(box, 0.9f)});
  }
  EXPECT_EQ(looks, "FFF...F...FFF...");
}

// A face that comes right behind a full search, at any rate of pictures and however doubtful, is
// hidden from its first picture on.
TEST(Tracker, AFaceThatComesBetweenFullSearchesIsHiddenFromItsFirstPicture) {
  for (const int64_t step_us : {16'667, 33'333, 41'667, 100'000, 250'000}) {
    for (const float score : {0.9f, 0.25f}) {
      for (int64_t first = 4; first < 14; ++first) {
        TrackerOptions options;
        options.detect_every = detect_every_max;
        Tracker tracker(options, picture);
        const Rect box{200, 100, 40, 50};
        for (int64_t i = 0; i < 40; ++i) {
          const Look look = tracker.look({i * step_us}, false);
          tracker.observe(i >= first && (look.full || looks_at(look, box))
                              ? std::vector<Face>{face(box, score)}
                              : std::vector<Face>());
        }
        const std::vector<Track> tracks = tracker.finish();
        ASSERT_EQ(tracks.size(), 1U);
        EXPECT_LE(tracks[0].keyframes.front().time.microseconds, first * step_us)
            << step_us << " us a picture, first in picture " << first << ", score " << score;
      }
    }
  }
}

TEST(Tracker, TheFirstSearchOfASceneAndOneASecondAreHarder) {
  TrackerOptions options;
  options.detect_every = detect_every_max;
  options.harder_us_max = 1'000'000;
  Tracker tracker(options, picture);
  std::string looks;
  for (size_t i = 0; i < 70; ++i) {
    const Look look = tracker.look(time_of(i), i == 36);
    EXPECT_TRUE(look.full || !look.harder);
    looks += look.harder ? 'H' : look.full ? 'F' : '.';
    tracker.observe({});
  }
  EXPECT_EQ(looks,
            "HFF.......F.......F.......H.......F."
            "HFF.......F.......F.......H.......");
}

// At any rate of pictures, however doubtful it is, and whether it moves or not.
TEST(Tracker, AFaceThatOnlyHarderSearchesSeeIsHiddenFromTheCutOn) {
  for (const int64_t step_us : {16'667, 33'333, 41'667, 100'000, 250'000, 600'000}) {
    for (const float score : {0.9f, 0.25f}) {
      for (const float sides_a_second : {0.0f, 0.5f}) {
        TrackerOptions options;
        options.detect_every = detect_every_max;
        options.harder_us_max = options.gap_us_max;
        Tracker tracker(options, picture);
        const auto box_at_us = [&](int64_t us) {
          return Rect{100 + 40e-6f * sides_a_second * static_cast<float>(us), 100, 40, 50};
        };
        const int64_t cut = 7, end = 7 + 4'000'000 / step_us;
        int64_t last = 0;
        for (int64_t i = 0; i < end; ++i) {
          const Look look = tracker.look({i * step_us}, i == cut);
          const bool seen = i >= cut && look.harder;
          if (seen) last = i;
          tracker.observe(seen ? std::vector<Face>{face(box_at_us(i * step_us), score)}
                               : std::vector<Face>());
        }
        const std::vector<Track> tracks = tracker.finish();
        ASSERT_EQ(tracks.size(), 1U) << step_us << " us a picture, score " << score;
        for (int64_t i = cut; i <= last; ++i) {
          const auto box = box_at(tracks[0], {i * step_us});
          ASSERT_TRUE(box.has_value()) << step_us << ", picture " << i;
          EXPECT_TRUE(contains(*box, grown(box_at_us(i * step_us), -0.02f)))
              << step_us << " us a picture, score " << score << ", picture " << i;
        }
        EXPECT_LE((end - last) * step_us, options.harder_us_max + step_us);
      }
    }
  }
}

// Clips of 90 pictures with a cut before picture 30.
TEST(Tracker, AFaceFirstSeenBehindACutWasThereSinceTheCut) {
  const Rect box{200, 100, 40, 50};
  for (const float score : {0.9f, 0.25f}) {
    Clip clip(90);
    for (size_t i = 44; i < 52; ++i) clip[i] = {face(box, score)};
    const std::vector<Track> tracks = track(clip, {30});
    ASSERT_EQ(tracks.size(), 1U);
    for (size_t i = 30; i <= 52 + 8; ++i) EXPECT_TRUE(is_covered(tracks, i, box)) << i;
    EXPECT_FALSE(is_covered(tracks, 29, box));
    EXPECT_FALSE(is_covered(tracks, 70, box));  // The end is farther off than a gap may be.
    EXPECT_EQ(tracks[0].needs_review, score < 0.5f);
  }
  Clip once(90);
  once[44] = {face(box, 0.25f)};  // One doubtful sighting proves little.
  EXPECT_FALSE(is_covered(track(once, {30}), 36, box));
  // But much where few looks could have seen it.
  TrackerOptions few_looks;
  few_looks.detect_every = detect_every_max;
  for (size_t i = 30; i <= 44 + 8; ++i) {
    EXPECT_TRUE(is_covered(track(once, {30}, few_looks), i, box)) << i;
  }
  EXPECT_FALSE(is_covered(track(once, {30}, few_looks), 29, box));
  EXPECT_FALSE(is_covered(track(once, {30}, few_looks), 60, box));
}

TEST(Tracker, ManyWindowsAreNoCheaperThanTheWholePicture) {
  TrackerOptions options;
  options.detect_every = 8;
  options.window_us_min = 0;
  Tracker tracker(options, picture);
  std::vector<Face> crowd;
  for (int i = 0; i < 40; ++i) {
    crowd.push_back(
        face({static_cast<float>(i % 8) * 80, static_cast<float>(i / 8) * 70, 30, 30}, 0.9f));
  }
  for (size_t i = 0; i < 6; ++i) {
    const Look look = tracker.look(time_of(i), false);
    EXPECT_TRUE(look.full) << i;
    EXPECT_TRUE(look.windows.empty()) << i;
    tracker.observe(crowd);
  }
}

// At 60 pictures a second faces are looked for in each third one; the others are covered too.
TEST(Tracker, WindowsAreLookedThroughNoMoreOftenThanNeedBe) {
  TrackerOptions options;
  options.detect_every = 8;
  Tracker tracker(options, picture);
  std::string looks;
  const auto box_in = [](int64_t i) {
    return Rect{100.0f + 2 * static_cast<float>(i), 80, 50, 60};
  };
  for (int64_t i = 0; i < 24; ++i) {
    const Look look = tracker.look({i * 16'667}, false);
    const bool searches = look.full || !look.windows.empty();
    looks += look.full ? 'F' : searches ? 'w' : '.';
    tracker.observe(searches ? std::vector<Face>{face(box_in(i), 0.9f)} : std::vector<Face>());
  }
  EXPECT_EQ(looks, "FFF..w..w.F..w..w.F..w..");
  const std::vector<Track> tracks = tracker.finish();
  ASSERT_EQ(tracks.size(), 1U);
  for (int64_t i = 0; i < 24; ++i) {
    EXPECT_TRUE(contains(box_at(tracks[0], {i * 16'667}).value(), box_in(i))) << i;
  }
}

TEST(Tracker, AnEmptyClipHasNoTracks) { EXPECT_TRUE(track({}).empty()); }

TEST(SceneCuts, FindsChangesOfSceneAndNotMovement) {
  SceneCuts cuts;
  std::string found;
  for (int i = 0; i < 20; ++i) {
    Image image = i < 10 ? test::gradient_picture(PixelFormat::rgb8, picture)
                         : Image::create(PixelFormat::rgb8, picture).value();
    test::draw_face(image, {20.0f + 20.0f * static_cast<float>(i), 80, 120, 150});
    found += cuts.is_cut(image) ? 'C' : '.';
  }
  EXPECT_EQ(found, "C.........C.........");
}

// Walls as light as each other, whose light falls from another side; then a flash of light.
TEST(SceneCuts, FindsScenesThatAreAsLightAsEachOtherAndNoFlash) {
  SceneCuts cuts;
  std::string found;
  for (int i = 0; i < 30; ++i) {
    Image image = Image::create(PixelFormat::gray8, picture).value();
    const bool is_flash = i == 20;
    for (int y = 0; y < picture.height; ++y) {
      uint8_t* row = image.row<uint8_t>(y);
      for (int x = 0; x < picture.width; ++x) {
        const int light = i < 10 ? x * 90 / picture.width : y * 90 / picture.height;
        row[x] = static_cast<uint8_t>((60 + light) * (is_flash ? 3 : 2) / 2);
      }
    }
    found += cuts.is_cut(image) ? 'C' : '.';
  }
  EXPECT_EQ(found, "C.........C...................");
}

// A wall with light from somewhere, things before it, and a face that walks.
class DrawnScene {
 public:
  explicit DrawnScene(std::mt19937& random) : wall_(wall(random)) {
    std::uniform_real_distribution<float> share(0, 1);
    face_ = {100 * share(random), 30 * share(random), 15 + 25 * share(random), 0};
    face_.height = 1.2f * face_.width;
    speed_ = 2 * share(random) - 1;
  }

  Image at(int index, std::mt19937& random) const {
    Image made = wall_.copy().value();
    Rect face = face_;
    face.x += speed_ * static_cast<float>(index);
    test::draw_face(made, face);
    for (size_t i = 0; i < made.size_bytes(); ++i) {
      const int noisy = std::to_integer<int>(made.data()[i]) + static_cast<int>(random() % 9) - 4;
      made.data()[i] = static_cast<std::byte>(std::clamp(noisy, 0, 255));
    }
    return made;
  }

 private:
  static Image wall(std::mt19937& random) {
    constexpr Size size = {160, 90};
    std::uniform_real_distribution<float> share(0, 1);
    const float base = 60 + 100 * share(random), across = 120 * share(random) - 60,
                down = 120 * share(random) - 60;
    std::vector<std::pair<Rect, float>> things(2 + random() % 6);
    for (auto& [box, lighter] : things) {
      box = {150 * share(random), 80 * share(random), 10 + 50 * share(random),
             10 + 40 * share(random)};
      lighter = 100 * share(random) - 50;
    }
    Image made = Image::create(PixelFormat::rgb8, size).value();
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) {
        const auto u = static_cast<float>(x), v = static_cast<float>(y);
        float light = base + across * u / 160 + down * v / 90;
        for (const auto& [box, lighter] : things) {
          const bool inside = u >= box.x && u < box.right() && v >= box.y && v < box.bottom();
          if (inside) light += lighter;
        }
        const auto sample = static_cast<uint8_t>(std::clamp(light, 0.0f, 255.0f));
        std::fill_n(made.row<uint8_t>(y) + ptrdiff_t{3} * x, 3, sample);
      }
    }
    return made;
  }

  Image wall_;
  Rect face_;
  float speed_ = 0;  // Pixels a picture.
};

// Two hundred cuts made by lot.
TEST(SceneCuts, EveryCutBetweenDrawnScenesIsFoundAndNothingElse) {
  std::mt19937 random(1);
  SceneCuts cuts;
  for (int scene = 0; scene < 200; ++scene) {
    const DrawnScene drawn(random);
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(cuts.is_cut(drawn.at(i, random)), i == 0) << "scene " << scene << ", picture " << i;
    }
  }
}

TEST(SceneCuts, ReadsEveryFormat) {
  for (const PixelFormat format :
       {PixelFormat::gray8, PixelFormat::gray_alpha8, PixelFormat::rgb8, PixelFormat::rgba8,
        PixelFormat::gray16, PixelFormat::rgb16, PixelFormat::rgba16}) {
    SceneCuts cuts;
    const Image small = Image::create(format, {1, 1}).value();
    EXPECT_TRUE(cuts.is_cut(small));
    EXPECT_FALSE(cuts.is_cut(small));
    EXPECT_TRUE(cuts.is_cut(test::gradient_picture(format, {33, 7})));
  }
}

}  // namespace
}  // namespace faceveil

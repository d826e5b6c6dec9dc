#include "evaluate/synthetic_clip.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

namespace faceveil {
namespace {

std::vector<FaceCutout> one_cutout() {
  std::vector<FaceCutout> cutouts;
  cutouts.push_back(drawn_face(3).value());
  return cutouts;
}

ClipSettings small_clip(uint64_t seed) { return {seed, {160, 90}, 60, 30}; }

bool same_pixels(const Image& a, const Image& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

TEST(SyntheticClip, TheSeedAloneDecidesEveryPixel) {
  const std::vector<FaceCutout> cutouts = one_cutout();
  const SyntheticClip one(small_clip(5), cutouts), same(small_clip(5), cutouts);
  const SyntheticClip other(small_clip(6), cutouts);
  for (const int index : {40, 3}) {  // In any order.
    const ClipPicture a = one.picture(index).value(), b = same.picture(index).value();
    EXPECT_TRUE(same_pixels(a.image, b.image));
    EXPECT_EQ(a.faces.size(), b.faces.size());
    EXPECT_FALSE(same_pixels(a.image, other.picture(index).value().image));
  }
}

TEST(SyntheticClip, FacesMoveSmoothlyWithinAScene) {
  const std::vector<FaceCutout> cutouts = one_cutout();
  for (uint64_t seed = 0; seed < 3; ++seed) {
    const SyntheticClip clip(small_clip(seed), cutouts);
    ClipPicture before = clip.picture(0).value();
    for (int i = 1; i < clip.picture_count(); i += 1) {
      ClipPicture now = clip.picture(i).value();
      EXPECT_EQ(now.time.microseconds, std::llround(i * 1e6 / 30));
      for (size_t f = 0; f < now.faces.size() && now.scene == before.scene; ++f) {
        const Rect &a = before.faces[f].box, &b = now.faces[f].box;
        EXPECT_EQ(before.faces[f].id, now.faces[f].id);
        EXPECT_LT(std::hypot(b.x - a.x, b.y - a.y), 0.5f * a.height + 1);
        if (now.still) {
          EXPECT_EQ(a, b);
        }
      }
      before = std::move(now);
    }
  }
}

// Where the truth says a face is, the picture differs from the same scene without it.
TEST(SyntheticClip, TheFaceIsWhereTheTruthSays) {
  std::vector<FaceCutout> red = one_cutout();
  std::vector<FaceCutout> blue = one_cutout();
  for (int y = 0; y < red[0].image.size().height; ++y) {
    for (int x = 0; x < red[0].image.size().width; ++x) {
      auto* pixel = red[0].image.row<uint8_t>(y) + ptrdiff_t{x} * 4;
      auto* other = blue[0].image.row<uint8_t>(y) + ptrdiff_t{x} * 4;
      pixel[0] = 255, pixel[2] = 0, other[0] = 0, other[2] = 255;
    }
  }
  for (uint64_t seed = 0; seed < 10; ++seed) {
    const ClipPicture a = SyntheticClip(small_clip(seed), red).picture(30).value();
    const ClipPicture b = SyntheticClip(small_clip(seed), blue).picture(30).value();
    for (const ClipFace& face : a.faces) {
      const auto x = static_cast<int>(face.box.x + face.box.width / 2);
      const auto y = static_cast<int>(face.box.y + face.box.height / 2);
      if (!face.counts) continue;
      bool differs = false;  // The post may hide the very middle.
      for (int dx = -4; dx <= 4; ++dx) {
        if (x + dx < 0 || x + dx >= 160) continue;
        differs |= a.image.row<uint8_t>(y)[(x + dx) * 3] > b.image.row<uint8_t>(y)[(x + dx) * 3];
      }
      EXPECT_TRUE(differs) << seed;
    }
  }
}

TEST(FaceCutout, APictureBecomesAnEllipseOfItself) {
  const Image picture = Image::create(PixelFormat::gray16, {50, 40}).value();
  const FaceCutout cutout = cut_face(picture).value();
  EXPECT_EQ(cutout.face, (Rect{0, 0, 50, 40}));
  EXPECT_EQ(cutout.image.row<uint8_t>(0)[3], 0);
  EXPECT_EQ(cutout.image.row<uint8_t>(20)[25 * 4 + 3], 255);
}

TEST(FaceCutout, AHeadIsCutOutWithWhatSurroundsItsFace) {
  Image photograph = Image::create(PixelFormat::rgb8, {200, 200}).value();
  for (int y = 0; y < 200; ++y) {
    for (int x = 0; x < 200; ++x) photograph.row<uint8_t>(y)[3 * x] = static_cast<uint8_t>(x);
  }
  const auto head = cut_head(photograph, {60, 50, 80, 100}).value();
  ASSERT_TRUE(head.has_value());
  EXPECT_EQ(head->image.size(), (Size{120, 150}));
  EXPECT_EQ(head->face, (Rect{20, 25, 80, 100}));
  EXPECT_EQ(head->image.row<uint8_t>(75)[60 * 4], 100);  // Column 60 of the cut, 40 + 60 before.
  EXPECT_EQ(head->image.row<uint8_t>(0)[3], 0);
  // Too small; with a head that leaves the photograph; grey.
  EXPECT_FALSE(cut_head(photograph, {60, 50, 59, 100}).value().has_value());
  EXPECT_FALSE(cut_head(photograph, {10, 50, 80, 100}).value().has_value());
  const Image grey = Image::create(PixelFormat::gray8, {200, 200}).value();
  EXPECT_FALSE(cut_head(grey, {60, 50, 80, 100}).value().has_value());
}

// Where a later face covers the middle of an earlier one, the earlier one cannot be seen.
TEST(SyntheticClip, AFaceBehindAnotherDoesNotCount) {
  const std::vector<FaceCutout> cutouts = one_cutout();
  int behind = 0;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    const ClipPicture picture = SyntheticClip(small_clip(seed), cutouts).picture(10).value();
    for (size_t i = 0; i < picture.faces.size(); ++i) {
      const Rect box = grown(picture.faces[i].box, -0.2f);  // Its middle.
      for (size_t j = i + 1; j < picture.faces.size(); ++j) {
        const Rect& before = picture.faces[j].box;
        if (before.x > box.x || before.y > box.y || before.right() < box.right() ||
            before.bottom() < box.bottom()) {
          continue;
        }
        EXPECT_FALSE(picture.faces[i].counts) << seed;
        ++behind;
      }
    }
  }
  EXPECT_GT(behind, 0);
}

}  // namespace
}  // namespace faceveil

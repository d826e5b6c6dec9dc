// A drawn face on a known way is covered in every picture, as long as it is followed.
#include "detect/follow.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

constexpr Size size = {640, 360};

struct Way {
  float speed_x = 0, speed_y = 0, swing = 0, growth = 0, side = 80;
};

Rect face_at(const Way& way, int picture) {
  const auto t = static_cast<float>(picture);
  const float side = way.side * std::exp(way.growth * t);
  const float x = 300 + way.speed_x * t + way.swing * std::sin(t / 5);
  const float y = 170 + way.speed_y * t;
  return {x - side / 2, y - side / 2, side, side};
}

Image picture_of(const Rect& face) {
  Image picture = test::gradient_picture(PixelFormat::rgb8, size);
  test::draw_face(picture, face);
  return picture;
}

float covered_share(const Rect& face, const Rect& box) {
  const float across = std::min(face.right(), box.right()) - std::max(face.x, box.x);
  const float down = std::min(face.bottom(), box.bottom()) - std::max(face.y, box.y);
  return std::max(0.0f, across) * std::max(0.0f, down) / face.area();
}

TEST(Follow, ADrawnFaceIsCoveredInEveryPictureOfItsWay) {
  const Way ways[] = {{2, 1},
                      {-4, 0.5f},
                      {0, 0, 30},
                      {1, 0, 0, 0.01f},
                      {0, 2, 0, -0.01f},
                      {6, -1, 10, 0, 50},
                      {3, 0, 0, 0.005f, 120}};
  for (const Way& way : ways) {
    Rect box = grown(face_at(way, 0), 0.1f);
    FollowView before = FollowView::create(picture_of(face_at(way, 0))).value();
    for (int i = 1; i < 30; ++i) {
      FollowView now = FollowView::create(picture_of(face_at(way, i))).value();
      const auto followed = follow_box(before, now, box);
      ASSERT_TRUE(followed) << "speed " << way.speed_x << " picture " << i;
      box = *followed;
      EXPECT_GT(covered_share(face_at(way, i), grown(box, 0.2f)), 0.97f)
          << "speed " << way.speed_x << " picture " << i;
      before = std::move(now);
    }
  }
}

TEST(Follow, WhatIsGoneIsLost) {
  const FollowView with = FollowView::create(picture_of({260, 130, 80, 80})).value();
  const Image noise = test::noise_picture(PixelFormat::rgb8, size, 7);
  const FollowView without = FollowView::create(noise).value();
  EXPECT_FALSE(follow_box(with, without, {260, 130, 80, 80}));
}

TEST(Follow, NothingIsFollowedWhereNothingCanBeToldApart) {
  Image plain = Image::create(PixelFormat::rgb8, size).value();
  const FollowView view = FollowView::create(plain).value();
  EXPECT_FALSE(follow_box(view, view, {100, 100, 50, 50}));
}

}  // namespace
}  // namespace faceveil

#include "evaluate/video_judge.h"

#include <gtest/gtest.h>

namespace faceveil {
namespace {

ClipPicture picture_with(Rect face, bool still = false) {
  ClipPicture picture;
  picture.image = Image::create(PixelFormat::rgb8, {200, 100}).value();
  picture.faces = {{0, face, true}};
  picture.still = still;
  return picture;
}

Region region(Rect box, uint32_t track = 1) {
  return {track, box, box, Effect::solid, Shape::rectangle};
}

TEST(VideoJudge, CountsLeaksAndTheLongestRunInARow) {
  VideoJudge judge;
  judge.begin_clip();
  const Rect face{50, 20, 30, 40};
  for (const char c : std::string("hhxxhxxxh")) {
    std::vector<Region> regions;
    if (c == 'h') regions = {region(face)};
    judge.add(picture_with(face), regions);
  }
  const VideoScore::OfSize& size = judge.score().sizes[1];  // 24 to 48 pixels.
  EXPECT_EQ(size.face_pictures, 9);
  EXPECT_EQ(size.leaked, 5);
  EXPECT_EQ(size.longest_exposed, 3);
  EXPECT_EQ(judge.score().false_boxes, 0);
}

TEST(VideoJudge, ARunEndsWithItsClipAndWhereAFaceDoesNotCount) {
  VideoJudge judge;
  const Rect face{50, 20, 30, 40};
  for (int clip = 0; clip < 2; ++clip) {
    judge.begin_clip();
    for (int i = 0; i < 3; ++i) {
      ClipPicture picture = picture_with(face);
      picture.faces[0].counts = i != 1;
      judge.add(picture, {});
    }
  }
  EXPECT_EQ(judge.score().sizes[1].face_pictures, 4);
  EXPECT_EQ(judge.score().sizes[1].longest_exposed, 1);
}

TEST(VideoJudge, FacesThatWereNeverHiddenAreCountedApart) {
  VideoJudge judge;
  const Rect face{50, 20, 30, 40};
  for (const std::string_view clip : {"xxx", "xxh", "hxx"}) {
    judge.begin_clip();
    for (const char c : clip) {
      judge.add(picture_with(face),
                c == 'h' ? std::vector<Region>{region(face)} : std::vector<Region>());
    }
  }
  EXPECT_EQ(judge.score().faces, 3);
  EXPECT_EQ(judge.score().faces_never_hidden, 1);
  EXPECT_EQ(judge.score().leaked_of_never_hidden, 3);
  EXPECT_EQ(judge.score().sizes[1].leaked, 7);
}

TEST(VideoJudge, RegionsWithoutAFaceAreFalse) {
  VideoJudge judge;
  judge.begin_clip();
  judge.add(picture_with({50, 20, 30, 40}),
            std::vector<Region>{region({55, 25, 30, 40}), region({150, 20, 30, 30}, 2)});
  EXPECT_EQ(judge.score().false_boxes, 1);
}

TEST(VideoJudge, FlickerIsMeasuredInStillScenesOnly) {
  const Rect face{50, 20, 30, 40};
  for (const bool still : {false, true}) {
    VideoJudge judge;
    judge.begin_clip();
    judge.add(picture_with(face, still), std::vector<Region>{region(face)});
    judge.add(picture_with(face, still), std::vector<Region>{region({48, 20, 32, 40})});
    EXPECT_EQ(judge.score().border_moved_px, still ? 2 : 0);
  }
}

}  // namespace
}  // namespace faceveil

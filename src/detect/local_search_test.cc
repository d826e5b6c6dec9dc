#include "detect/local_search.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

Detector detector_for(Search search, int thread_count) {
  DetectorOptions options = matching(std::nullopt, search);
  options.thread_count = thread_count;
  return Detector::create(find_model_folder().value(), options).value();
}

// Two faces, and windows around both that are off by a tenth of a side; a third window sees one of
// them too.
struct Scene {
  Scene() : picture(test::gradient_picture(PixelFormat::rgb8, {640, 360})) {
    for (const Rect& face : faces) test::draw_face(picture, face);
  }
  std::vector<Rect> faces = {{80, 60, 120, 150}, {430, 180, 60, 75}};
  Image picture;
  std::vector<SearchWindow> windows = {
      {{0, 0, 320, 340}, 130}, {{376, 110, 180, 225}, 70}, {{400, 120, 200, 240}, 70}};
};

TEST(LocalSearch, FindsTheFacesInTheWindowsInTheirPlaceAndEachOnce) {
  const Scene scene;
  for (const Search search : {Search::quick, Search::balanced}) {
    const Detector detector = detector_for(search, 1);
    const auto found = detect_in(detector, scene.picture, scene.windows, 0.2f).value();
    for (const Rect& face : scene.faces) {
      EXPECT_EQ(std::ranges::count_if(
                    found,
                    [&](const Face& one) { return intersection_over_union(one.box, face) > 0.4f; }),
                1)
          << search_name(search) << " at " << face.x;
    }
  }
}

TEST(LocalSearch, AnyNumberOfThreadsFindsTheSame) {
  const Scene scene;
  const auto one =
      detect_in(detector_for(Search::balanced, 1), scene.picture, scene.windows, 0.05f).value();
  const auto three =
      detect_in(detector_for(Search::balanced, 3), scene.picture, scene.windows, 0.05f).value();
  ASSERT_EQ(one.size(), three.size());
  for (size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].box, three[i].box);
    EXPECT_EQ(one[i].score, three[i].score);
  }
}

TEST(LocalSearch, NoWindowsFindNothing) {
  const Scene scene;
  EXPECT_TRUE(detect_in(detector_for(Search::quick, 1), scene.picture, {}, 0.2f).value().empty());
}

}  // namespace
}  // namespace faceveil

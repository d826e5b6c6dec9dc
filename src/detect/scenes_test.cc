// What the mission is about, as scenes: groups, streets, turned people; and pictures of odd shapes.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "base/files.h"
#include "base/limits.h"
#include "detect/detector.h"
#include "media/still.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/shared_data.h"

namespace faceveil {
namespace {

Detector detector_of(Search search, int thread_count = 2) {
  DetectorOptions options = matching({}, search);
  options.thread_count = thread_count;
  Result<Detector> detector = Detector::create(find_model_folder().value(), options);
  EXPECT_TRUE(detector.has_value());
  return std::move(*detector);
}

Image blank(Size size) {
  Image picture = test::gradient_picture(PixelFormat::rgb8, size);
  std::fill_n(picture.data(), picture.size_bytes(), std::byte{150});
  return picture;
}

bool covers(const std::vector<Face>& faces, const Rect& wanted) {
  return std::ranges::any_of(
      faces, [&](const Face& face) { return intersection_over_union(face.box, wanted) > 0.25f; });
}

// Turned clockwise by `quarters` x 90 degrees.
Image turned(const Image& picture, int quarters) {
  if (quarters == 0) return Image(picture.copy().value());
  const Size size = picture.size();
  Image once = Image::create(PixelFormat::rgb8, {size.height, size.width}).value();
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      std::copy_n(picture.row<uint8_t>(y) + ptrdiff_t{3} * x, 3,
                  once.row<uint8_t>(x) + ptrdiff_t{3} * (size.height - 1 - y));
    }
  }
  return turned(once, quarters - 1);
}

TEST(Scenes, AGroupOfEight) {
  Image picture = blank({1000, 560});
  std::vector<Rect> people;
  for (int i = 0; i < 8; ++i) {
    people.push_back({60 + 230.0f * static_cast<float>(i % 4),
                      50 + 260.0f * static_cast<float>(i / 4), 120, 150});
    test::draw_face(picture, people.back());
  }
  const auto faces = detector_of(Search::balanced).detect(picture);
  ASSERT_TRUE(faces.has_value());
  for (const Rect& person : people) EXPECT_TRUE(covers(*faces, person)) << person.x;
}

TEST(Scenes, AFaceOfTwentyPixelsInAStreet) {
  Image picture = blank({1280, 720});
  const Rect person{700, 300, 20, 25};
  test::draw_face(picture, person);
  const auto faces = detector_of(Search::balanced).detect(picture);
  ASSERT_TRUE(faces.has_value());
  EXPECT_TRUE(covers(*faces, person));
}

Image opened(const std::filesystem::path& photograph) {
  const auto file = read_file(photograph, limits::input_bytes_max);
  return std::move(decode_still(*file)->image);
}

size_t count_covered(const std::vector<Face>& faces, const std::vector<Rect>& wanted) {
  return static_cast<size_t>(
      std::ranges::count_if(wanted, [&](const Rect& face) { return covers(faces, face); }));
}

// The faces that can be seen in it, looked for by eye.
TEST(Scenes, AStreetFullOfPeople) {
  const auto photograph = SHARED_OR_SKIP("photos/city.jpg");
  const std::vector<Rect> people = {{215, 104, 43, 50}, {425, 138, 19, 24}, {178, 112, 38, 47},
                                    {756, 111, 44, 55}, {49, 128, 44, 52},  {471, 157, 34, 39},
                                    {313, 128, 38, 43}, {598, 150, 47, 59}, {651, 133, 23, 26},
                                    {671, 145, 18, 21}, {530, 131, 27, 31}, {96, 130, 27, 35},
                                    {581, 107, 30, 33}, {367, 131, 26, 29}, {307, 144, 27, 31},
                                    {629, 160, 32, 38}, {556, 153, 34, 31}, {510, 138, 17, 22}};
  const auto faces = detector_of(Search::balanced).detect(opened(photograph));
  ASSERT_TRUE(faces.has_value());
  EXPECT_GE(count_covered(*faces, people), 17u);
  const auto is_false = [&](const Face& face) {
    return std::ranges::none_of(people, [&](const Rect& person) {
      return intersection_over_union(face.box, person) > 0.25f;
    });
  };
  EXPECT_LE(std::ranges::count_if(*faces, is_false), 3);
}

TEST(Scenes, PeopleInProfile) {
  const auto photograph = SHARED_OR_SKIP("photos/city.jpg");
  // Two look to the left, one to the right.
  const std::vector<Rect> people = {{313, 128, 38, 43}, {96, 130, 27, 35}, {530, 131, 27, 31}};
  const auto faces = detector_of(Search::balanced).detect(opened(photograph));
  ASSERT_TRUE(faces.has_value());
  EXPECT_EQ(count_covered(*faces, people), people.size());
}

TEST(Scenes, UpsideDownAndSideways) {
  Image picture = blank({480, 480});
  test::draw_face(picture, {170, 150, 130, 165});
  const Detector detector = detector_of(Search::thorough);
  for (int quarters = 0; quarters < 4; ++quarters) {
    const auto faces = detector.detect(turned(picture, quarters));
    ASSERT_TRUE(faces.has_value());
    const bool is_found = std::ranges::any_of(*faces, [](const Face& face) {
      const Rect middle{140, 140, 200, 200};
      return intersection_over_union(face.box, middle) > 0.25f;
    });
    EXPECT_TRUE(is_found) << quarters << " quarters";
  }
}

TEST(OddPictures, AreLookedAtWithoutAFace) {
  const Detector detector = detector_of(Search::balanced);
  for (const Size size : {Size{1, 1}, Size{1, 10'000}, Size{10'000, 1}, Size{300, 200}}) {
    Image black = Image::create(PixelFormat::rgb8, size).value();
    std::fill_n(black.data(), black.size_bytes(), std::byte{0});
    const auto faces = detector.detect(black);
    ASSERT_TRUE(faces.has_value()) << faces.error().message();
    EXPECT_TRUE(faces->empty()) << size.width << " x " << size.height;
  }
}

// The most memory that this process has had, in MiB (proc(5): VmHWM).
int64_t peak_mib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6)) / 1024;
  }
  return -1;
}

// Nothing larger is taken (limits::picture_pixels_max).
TEST(OddPictures, TheLargestAreSearchedInStripsWithinBounds) {
  constexpr Size size{20'000, 20'000};
  EXPECT_FALSE(Image::create(PixelFormat::gray8, {size.width + 1, size.height}));
  Image picture = Image::create(PixelFormat::gray8, size).value();
  std::fill_n(picture.data(), picture.size_bytes(), std::byte{150});
  // A drawn face of 200 x 250 pixels near the far corner, in another strip than the first.
  constexpr int left = 17'000, top = 18'000, side = 400;
  Image drawn = blank({side, side});
  test::draw_face(drawn, {100, 80, 200, 250});
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      picture.row<uint8_t>(top + y)[left + x] = drawn.row<uint8_t>(y)[ptrdiff_t{3} * x + 1];
    }
  }
  DetectorOptions options;
  options.face_min_px = 64;  // The finest level has 8 megapixels: several strips, yet seconds.
  options.thread_count = 2;
  const auto detector = Detector::create(find_model_folder().value(), options);
  ASSERT_TRUE(detector.has_value());
  const int64_t before = peak_mib();
  const auto faces = detector->detect(picture);
  ASSERT_TRUE(faces.has_value()) << faces.error().message();
  EXPECT_TRUE(covers(*faces, {left + 100, top + 80, 200, 250}));
  ASSERT_GT(before, 0);
  // The halved copies, in colour, take 382 MiB, networks at work 150 for each thread, idle ones up
  // to 320; in one piece the finest level alone would take 480 for each network.
  EXPECT_LT(peak_mib() - before, 382 + 2 * 150 + 320 + 165);
}

TEST(OddPictures, GreyOnesHaveFacesToo) {
  Image picture = Image::create(PixelFormat::gray8, {400, 400}).value();
  Image drawn = blank({400, 400});
  test::draw_face(drawn, {120, 110, 140, 175});
  for (int y = 0; y < 400; ++y) {
    for (int x = 0; x < 400; ++x) {
      const uint8_t* pixel = drawn.row<uint8_t>(y) + ptrdiff_t{3} * x;
      picture.row<uint8_t>(y)[x] = static_cast<uint8_t>((pixel[0] + 2 * pixel[1] + pixel[2]) / 4);
    }
  }
  const auto faces = detector_of(Search::balanced).detect(picture);
  ASSERT_TRUE(faces.has_value());
  EXPECT_TRUE(covers(*faces, {120, 110, 140, 175}));
}

TEST(Threads, ChangeNothing) {
  Image picture = test::gradient_picture(PixelFormat::rgb8, {640, 480});
  test::draw_face(picture, {100, 100, 90, 110});
  test::draw_face(picture, {400, 200, 40, 50});
  const auto one = detector_of(Search::balanced, 1).detect(picture, 0.02f);
  ASSERT_TRUE(one.has_value());
  EXPECT_GE(one->size(), 2u);
  for (const int count : {2, 3, 8}) {
    const auto many = detector_of(Search::balanced, count).detect(picture, 0.02f);
    ASSERT_TRUE(many.has_value());
    ASSERT_EQ(many->size(), one->size());
    for (size_t i = 0; i < one->size(); ++i) {
      EXPECT_EQ((*many)[i].box, (*one)[i].box);
      EXPECT_EQ((*many)[i].score, (*one)[i].score);
    }
  }
}

TEST(Cost, GrowsWithTheArea) {
  for (const Search search : {Search::balanced, Search::thorough}) {
    const Detector detector = detector_of(search);
    for (const Size size : {Size{192, 144}, Size{640, 480}, Size{1920, 1080}, Size{5000, 300}}) {
      const double twice = detector.gflop({2 * size.width, 2 * size.height});
      EXPECT_LE(twice, 4.2 * detector.gflop(size)) << size.width << " x " << size.height;
    }
  }
}

}  // namespace
}  // namespace faceveil

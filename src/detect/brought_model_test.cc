// Files that a person may bring: whole, broken, of another kind; and what look() promises.
#include "detect/brought_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <iterator>
#include <random>
#include <thread>

#include "base/files.h"
#include "base/limits.h"
#include "detect/brought/onnx_file.h"
#include "detect/brought/opencv_dnn.h"
#include "detect/brought/tiles.h"
#include "detect/haar.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

namespace faceveil {
namespace {

using brought::append_content, brought::append_integer, brought::Dims;

class BroughtModel : public test::InTemporaryFolder {
 protected:
  Result<std::unique_ptr<FaceNetwork>> open(BytesView bytes) {
    const std::filesystem::path file = folder_ / "brought.onnx";
    EXPECT_TRUE(write_file(file, bytes, Overwrite::allow).has_value());
    return open_face_network(file);
  }

  // The sentence of the error; fails where the file is opened.
  std::string sentence_for(BytesView bytes) {
    const auto network = open(bytes);
    EXPECT_FALSE(network.has_value());
    if (network) return "";
    EXPECT_NE(network.error().message().find("brought.onnx"), std::string::npos);
    return network.error().text;
  }
};

// A model of one Relu from `input` to outputs of the given dimensions.
Bytes write_model(const Dims& input, const std::vector<Dims>& outputs) {
  Bytes graph, model;
  for (size_t i = 0; i < outputs.size(); ++i) {
    const std::string name = "out" + std::to_string(i);
    Bytes node;
    append_content(node, 1, as_bytes("in"));
    append_content(node, 2, as_bytes(name));
    append_content(node, 4, as_bytes("Relu"));
    append_content(graph, brought::graph_node_field, node);
    append_content(graph, 12, brought::write_float_value(name, outputs[i]));
  }
  append_content(graph, brought::graph_input_field, brought::write_float_value("in", input));
  append_integer(model, 1, 7);
  append_content(model, brought::model_graph_field, graph);
  Bytes opset;
  append_integer(opset, 2, 11);
  append_content(model, 8, opset);
  return model;
}

TEST_F(BroughtModel, FilesThatAreNoModelGetASentence) {
  const std::string no_model = "This is not an ONNX model, or it is damaged.";
  EXPECT_EQ(sentence_for({}), no_model);
  EXPECT_EQ(sentence_for(as_bytes("FaceVeil hides faces in pictures.")), no_model);
  EXPECT_EQ(sentence_for(Bytes(1000, std::byte{0})), no_model);
  EXPECT_EQ(sentence_for(Bytes(1000, std::byte{0xff})), no_model);
  const auto missing = open_face_network(folder_ / "absent.onnx");
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().kind, Error::Kind::io);
}

TEST_F(BroughtModel, OtherNetworksAreOfNoKnownKind) {
  const Bytes classifier = write_model({1, 3, 224, 224}, {{1, 1000}});
  const auto network = open(classifier);
  ASSERT_FALSE(network.has_value());
  EXPECT_EQ(network.error().kind, Error::Kind::unsupported);
  EXPECT_NE(network.error().message().find("1 outputs"), std::string::npos);
  // Outputs without shapes.
  EXPECT_NE(sentence_for(write_model({1, 3, 64, 64}, {{}, {}})).find("of no kind"),
            std::string::npos);
}

// A graph that says it has the outputs of a face network, and computes something else.
TEST_F(BroughtModel, PretendersAreFoundOut) {
  const std::vector<Dims> ultra_light = {{1, 4420, 2}, {1, 4420, 4}};
  EXPECT_EQ(sentence_for(write_model({1, 3, 240, 320}, ultra_light)),
            "The model's results are not as many numbers as its kind of network gives.");
  const std::vector<Dims> yolo = {{1, 3, 8, 8, 16}, {1, 3, 4, 4, 16}, {1, 3, 2, 2, 16}};
  EXPECT_EQ(sentence_for(write_model({1, 3, 64, 64}, yolo)),
            "The model's results are not as many numbers as its kind of network gives.");
}

TEST_F(BroughtModel, ImpossibleInputsAreRefusedBeforeMemoryIsTaken) {
  const std::vector<Dims> ultra_light = {{1, 4420, 2}, {1, 4420, 4}};
  for (const Dims& input : {Dims{1, 1, 240, 320}, Dims{8, 3, 240, 320}, Dims{1, 3, 240},
                            Dims{1, 3, 1 << 20, 1 << 20}, Dims{1, 3, int64_t{1} << 62, 320}}) {
    EXPECT_EQ(sentence_for(write_model(input, ultra_light)),
              "The model does not take one RGB picture of at most {0} x {0} pixels.");
  }
}

TEST_F(BroughtModel, CutFilesGetASentence) {
  const auto file = SHARED_OR_SKIP("peers/face_detection_yunet_2023mar.onnx");
  const Bytes whole = *read_file(file, limits::model_bytes_max);
  constexpr uint32_t seed = 7;
  std::mt19937 random(seed);
  for (int i = 0; i < 20; ++i) {
    const size_t length = random() % whole.size();
    EXPECT_FALSE(open(BytesView(whole).first(length)).has_value())
        << "seed " << seed << ", cut at " << length;
  }
}

// Flipped bytes in weights are still a network; elsewhere a sentence is due. Neither may crash.
TEST_F(BroughtModel, DamagedFilesAreOpenedOrRefused) {
  const auto file = SHARED_OR_SKIP("peers/face_detection_yunet_2023mar.onnx");
  const Bytes whole = *read_file(file, limits::model_bytes_max);
  const Image picture = test::gradient_picture(PixelFormat::rgb8, {70, 50});
  const uint32_t seed = std::random_device()();
  std::mt19937 random(seed);
  size_t opened = 0;
  for (int i = 0; i < 20; ++i) {
    Bytes damaged = whole;
    for (size_t flips = 1 + random() % 4; flips > 0; --flips) {
      // Half of them where the nodes are: exporters write them first.
      const size_t range = random() % 2 ? damaged.size() : damaged.size() / 12;
      damaged[random() % range] = static_cast<std::byte>(random());
    }
    const auto network = open(damaged);
    if (!network) continue;
    ++opened;
    const auto found = (*network)->look(picture, -100);
    if (!found) continue;
    for (const Candidate& c : *found) ASSERT_TRUE(c.box.width > 0 && c.box.height > 0) << seed;
  }
  std::cout << "seed " << seed << ": " << opened << " of 20 damaged files still opened\n";
}

bool same(const std::vector<Candidate>& a, const std::vector<Candidate>& b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(),
      [](const Candidate& x, const Candidate& y) { return x.box == y.box && x.logit == y.logit; });
}

// Equal pictures give equal candidates: on any thread, after any other picture, with any number of
// OpenCV's own threads.
void expect_equal_candidates(const FaceNetwork& network) {
  const Image picture = test::noise_picture(PixelFormat::rgb8, {333, 201}, 1);
  const Image other = test::noise_picture(PixelFormat::rgb8, {97, 350}, 2);
  const auto expected = network.look(picture, -8);
  ASSERT_TRUE(expected.has_value());
  std::vector<std::thread> threads;
  std::array<bool, 3> equal = {};
  for (size_t i = 0; i < equal.size(); ++i) {
    threads.emplace_back([&, i] {
      if (i == 1) static_cast<void>(network.look(other, -8));
      const auto found = network.look(picture, -8);
      equal[i] = found && same(*found, *expected);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (size_t i = 0; i < equal.size(); ++i) EXPECT_TRUE(equal[i]) << "thread " << i;
  for (const int count : {1, 2, 3}) {
    brought::set_opencv_threads(count);
    const auto found = network.look(picture, -8);
    EXPECT_TRUE(found && same(*found, *expected)) << count << " threads of OpenCV";
  }
  brought::set_opencv_threads(-1);
}

TEST_F(BroughtModel, EqualPicturesGiveEqualCandidates) {
  const auto folder = SHARED_OR_SKIP("peers");
  for (const char* file : {"face_detection_yunet_2023mar.onnx", "version-RFB-320.onnx"}) {
    const auto network = open_face_network(folder / file);
    ASSERT_TRUE(network.has_value()) << network.error().message();
    expect_equal_candidates(**network);
  }
}

TEST_F(BroughtModel, LooksAtRgb8Only) {
  const auto file = SHARED_OR_SKIP("peers/version-RFB-320.onnx");
  const auto network = open_face_network(file);
  ASSERT_TRUE(network.has_value());
  for (const PixelFormat format : {PixelFormat::gray8, PixelFormat::rgba8, PixelFormat::rgb16}) {
    EXPECT_FALSE((*network)->look(test::gradient_picture(format, {64, 64}), 0).has_value());
  }
  EXPECT_FALSE((*network)->look(Image(), 0).has_value());
  EXPECT_TRUE((*network)->look(test::gradient_picture(PixelFormat::rgb8, {1, 1}), 0).has_value());
}

// The part of the picture from `left`, `top` on, at most of `size`.
Image cut_out(const Image& picture, int left, int top, Size size) {
  const Size rest = {std::min(size.width, picture.size().width - left),
                     std::min(size.height, picture.size().height - top)};
  Image part = *Image::create(PixelFormat::rgb8, rest);
  for (int y = 0; y < rest.height; ++y) {
    std::copy_n(picture.row<uint8_t>(top + y) + 3 * left, 3 * rest.width, part.row<uint8_t>(y));
  }
  return part;
}

Image picture_of_faces(Size size) {
  Image picture = test::noise_picture(PixelFormat::rgb8, size, 3);
  for (int i = 0; i < 16; ++i) {
    const int x = 10 + 90 * i, y = i % 5 * 60;
    test::draw_face(picture, {static_cast<float>(x), static_cast<float>(y), 60, 75});
  }
  return picture;
}

std::vector<Candidate> moved(std::vector<Candidate> candidates, int x, int y) {
  for (Candidate& candidate : candidates) {
    candidate.box.x += static_cast<float>(x), candidate.box.y += static_cast<float>(y);
    candidate.anchor.x += static_cast<float>(x), candidate.anchor.y += static_cast<float>(y);
  }
  return candidates;
}

// A picture larger than the network's input, against its tiles looked at as pictures of their own.
TEST_F(BroughtModel, ALargePictureIsWhatItsTilesSay) {
  const auto file = SHARED_OR_SKIP("peers/version-RFB-320.onnx");
  const auto network = open_face_network(file);
  ASSERT_TRUE(network.has_value());
  const Image picture = picture_of_faces({700, 500});
  constexpr Size input = {320, 240};
  const std::vector<brought::Tile> tiles = brought::lay_tiles(picture.size(), input);
  ASSERT_GT(tiles.size(), 4u);
  std::vector<Candidate> expected;
  for (const brought::Tile& tile : tiles) {
    const auto part = (*network)->look(cut_out(picture, tile.x, tile.y, input), -4);
    ASSERT_TRUE(part.has_value());
    for (const Candidate& candidate : moved(*part, tile.x, tile.y)) {
      if (tile.owns(candidate.anchor)) expected.push_back(candidate);
    }
  }
  const auto found = (*network)->look(picture, -4);
  ASSERT_TRUE(found.has_value());
  EXPECT_GT(expected.size(), 10u);
  EXPECT_TRUE(same(*found, expected));
  for (const Candidate& c : *found) {
    EXPECT_TRUE(c.anchor.x >= 0 && c.anchor.x < 700 && c.anchor.y >= 0 && c.anchor.y < 500);
  }
  EXPECT_DOUBLE_EQ((*network)->gflop(picture.size()),
                   static_cast<double>(tiles.size()) * (*network)->gflop(input));
}

// The promise of reach_px() and alignment_px(), without which strips would have seams. The tiles
// that speak are the same; where a box lies in the picture may be rounded otherwise.
TEST_F(BroughtModel, WhatIsCutOffBeyondItsReachChangesNothing) {
  const auto file = SHARED_OR_SKIP("peers/version-RFB-320.onnx");
  const auto network = open_face_network(file);
  ASSERT_TRUE(network.has_value());
  const int reach = (*network)->reach_px(), step = (*network)->alignment_px();
  const Image picture = picture_of_faces({step + reach + 400, 300});
  const auto whole = (*network)->look(picture, -6);
  const auto part = (*network)->look(cut_out(picture, step, 0, picture.size()), -6);
  ASSERT_TRUE(whole.has_value() && part.has_value());
  const auto far_enough = [&](const Candidate& c) {
    return c.anchor.x >= static_cast<float>(step + reach) + 0.5f;
  };
  std::vector<Candidate> expected, found;
  std::copy_if(whole->begin(), whole->end(), std::back_inserter(expected), far_enough);
  for (const Candidate& c : moved(*part, step, 0)) {
    if (far_enough(c)) found.push_back(c);
  }
  ASSERT_GT(expected.size(), 0u);
  ASSERT_EQ(found.size(), expected.size());
  for (size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].logit, expected[i].logit);
    EXPECT_NEAR(found[i].anchor.x, expected[i].anchor.x, 0.01f);
    EXPECT_NEAR(found[i].box.x, expected[i].box.x, 0.01f);
    EXPECT_EQ(found[i].box.width, expected[i].box.width);
  }
}

TEST(HaarCascades, FindADrawnFaceOnAnyThreadAlike) {
  const auto folder = find_haar_folder();
  if (!folder) GTEST_SKIP() << folder.error().message();
  const auto network = open_haar_cascades(*folder);
  ASSERT_TRUE(network.has_value()) << network.error().message();
  EXPECT_EQ((*network)->name(), "haar");
  Image picture = *Image::create(PixelFormat::rgb8, {320, 240});
  const Rect face = {100, 40, 120, 150};
  test::draw_face(picture, face);
  const auto found = (*network)->look(picture, -100);
  ASSERT_TRUE(found.has_value());
  const auto best =
      std::max_element(found->begin(), found->end(),
                       [](const Candidate& a, const Candidate& b) { return a.logit < b.logit; });
  ASSERT_NE(best, found->end());
  EXPECT_GT(intersection_over_union(best->box, face), 0.4f);
  expect_equal_candidates(**network);
}

TEST_F(BroughtModel, HaarCascadesThatAreNotThereOrBrokenGetASentence) {
  const auto missing = open_haar_cascades(folder_);
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().kind, Error::Kind::io);
  EXPECT_NE(missing.error().message().find("opencv-data"), std::string::npos);
  for (const char* file : {"haarcascade_frontalface_default.xml", "haarcascade_profileface.xml"}) {
    ASSERT_TRUE(write_file(folder_ / file, as_bytes("<opencv_storage>"), Overwrite::refuse));
  }
  const auto broken = open_haar_cascades(folder_);
  ASSERT_FALSE(broken.has_value());
  EXPECT_EQ(broken.error().kind, Error::Kind::bad_input);
}

}  // namespace
}  // namespace faceveil

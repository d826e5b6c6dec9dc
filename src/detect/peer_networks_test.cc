// Networks of others, run through our interface, on labelled pictures: is what we make of their
// numbers right?
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <thread>

#include "base/files.h"
#include "base/limits.h"
#include "detect/brought/opencv_dnn.h"
#include "detect/brought_model.h"
#include "detect/haar.h"
#include "media/still.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/shared_data.h"

namespace faceveil {
namespace {

struct Labelled {
  std::string image;
  std::vector<Rect> faces;
};

// One row a face: image,x1,y1,x2,y2.
std::vector<Labelled> read_labels(const std::filesystem::path& file) {
  std::map<std::string, Labelled> by_name;
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  while (std::getline(stream, line)) {
    std::istringstream row(line);
    std::string image;
    std::getline(row, image, ',');
    float x1, y1, x2, y2;
    char comma;
    Labelled& labelled = by_name[image];
    labelled.image = image;
    if (row >> x1 >> comma >> y1 >> comma >> x2 >> comma >> y2) {
      labelled.faces.push_back({x1, y1, x2 - x1, y2 - y1});
    }
  }
  std::vector<Labelled> labels;
  for (auto& [name, labelled] : by_name) labels.push_back(std::move(labelled));
  return labels;
}

// Faces that the networks should find at the picture's own scale.
bool is_asked_for(const Rect& face) { return std::max(face.width, face.height) >= 24; }

// `count` pictures of a folder by lot, of those with a face that is asked for.
std::vector<Labelled> draw_pictures(const std::filesystem::path& shared, const std::string& folder,
                                    size_t count, uint32_t seed) {
  std::vector<Labelled> labels = read_labels(shared / "eval/faces.csv");
  std::erase_if(labels, [&](const Labelled& labelled) {
    return !labelled.image.starts_with(folder) ||
           std::none_of(labelled.faces.begin(), labelled.faces.end(), is_asked_for);
  });
  std::mt19937 random(seed);
  std::vector<Labelled> drawn;
  for (size_t i = 0; i < count && !labels.empty(); ++i) {
    const size_t chosen = random() % labels.size();
    drawn.push_back(std::move(labels[chosen]));
    labels.erase(labels.begin() + static_cast<std::ptrdiff_t>(chosen));
  }
  return drawn;
}

Result<Image> rgb_picture(const std::filesystem::path& path) {
  const Bytes bytes = TRY(read_file(path, limits::input_bytes_max));
  const Still still = TRY(decode_still(bytes));
  Image rgb = TRY(Image::create(PixelFormat::rgb8, still.image.size()));
  const int channels = still.image.channels();
  for (int y = 0; y < rgb.size().height; ++y) {
    for (int x = 0; x < rgb.size().width; ++x) {
      for (int c = 0; c < 3; ++c) {
        rgb.row<uint8_t>(y)[3 * x + c] =
            still.image.row<uint8_t>(y)[channels * x + (channels >= 3 ? c : 0)];
      }
    }
  }
  return rgb;
}

// Half the size, each pixel the mean of four.
Image halved(const Image& picture) {
  const Size size = {std::max(1, picture.size().width / 2), std::max(1, picture.size().height / 2)};
  Image half = *Image::create(PixelFormat::rgb8, size);
  for (int y = 0; y < size.height; ++y) {
    for (int i = 0; i < 3 * size.width; ++i) {
      const int column = i / 3 * 6 + i % 3;
      const uint8_t *a = picture.row<uint8_t>(2 * y), *b = picture.row<uint8_t>(2 * y + 1);
      half.row<uint8_t>(y)[i] =
          static_cast<uint8_t>((a[column] + a[column + 3] + b[column] + b[column + 3] + 2) / 4);
    }
  }
  return half;
}

// Plain greedy suppression at an overlap of 0.45.
std::vector<Candidate> suppress(std::vector<Candidate> candidates) {
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.logit > b.logit; });
  std::vector<Candidate> kept;
  for (const Candidate& candidate : candidates) {
    const bool is_new = std::none_of(kept.begin(), kept.end(), [&](const Candidate& k) {
      return intersection_over_union(k.box, candidate.box) > 0.45f;
    });
    if (is_new) kept.push_back(candidate);
  }
  return kept;
}

// The picture and its halves down to 160 pixels, as a pyramid would.
Result<std::vector<Candidate>> look_at_scales(const FaceNetwork& network, Image picture,
                                              float logit_min) {
  std::vector<Candidate> all;
  for (float scale = 1;; scale *= 2) {
    for (Candidate candidate : TRY(network.look(picture, logit_min))) {
      Rect& box = candidate.box;
      box = {box.x * scale, box.y * scale, box.width * scale, box.height * scale};
      all.push_back(candidate);
    }
    if (std::max(picture.size().width, picture.size().height) < 320) return suppress(all);
    picture = halved(picture);
  }
}

// Share of the central 60 % x 60 % of `face` inside the box grown by a fifth on each side.
bool hides(const Rect& box, const Rect& face) {
  const Rect cover = grown(box, 0.2f);
  const Rect centre = {face.x + 0.2f * face.width, face.y + 0.2f * face.height, 0.6f * face.width,
                       0.6f * face.height};
  const float width = std::min(cover.right(), centre.right()) - std::max(cover.x, centre.x);
  const float height = std::min(cover.bottom(), centre.bottom()) - std::max(cover.y, centre.y);
  return width > 0 && height > 0 && width * height >= 0.95f * centre.area();
}

bool is_inside(const Rect& box, const Rect& face) {
  const float x = box.x + box.width / 2, y = box.y + box.height / 2;
  return x >= face.x && x < face.right() && y >= face.y && y < face.bottom();
}

struct Tally {
  size_t faces = 0, hidden = 0, boxes = 0, fitting = 0, false_boxes = 0;
};

Tally measure(const FaceNetwork& network, const std::filesystem::path& shared,
              const std::vector<Labelled>& pictures, float logit_min) {
  Tally tally;
  for (const Labelled& labelled : pictures) {
    Result<Image> picture = rgb_picture(shared / "eval" / labelled.image);
    EXPECT_TRUE(picture.has_value()) << labelled.image;
    if (!picture) continue;
    const auto found = look_at_scales(network, std::move(*picture), logit_min);
    EXPECT_TRUE(found.has_value()) << labelled.image << ": " << found.error().message();
    if (!found) continue;
    tally.boxes += found->size();
    for (const Rect& face : labelled.faces) {
      if (!is_asked_for(face)) continue;
      ++tally.faces;
      tally.hidden += std::any_of(found->begin(), found->end(),
                                  [&](const Candidate& c) { return hides(c.box, face); });
      tally.fitting += std::any_of(found->begin(), found->end(), [&](const Candidate& c) {
        return intersection_over_union(c.box, face) >= 0.5f;
      });
    }
    for (const Candidate& c : *found) {
      tally.false_boxes += std::none_of(labelled.faces.begin(), labelled.faces.end(),
                                        [&](const Rect& face) { return is_inside(c.box, face); });
    }
  }
  return tally;
}

struct Peer {
  const char* file;
  const char* name;
  const char* title;
};

void PrintTo(const Peer& peer, std::ostream* out) { *out << peer.title; }

class PeerNetwork : public testing::TestWithParam<Peer> {};

// Why these thresholds: on scans of upright faces from the front every one of these networks, as
// published, finds nine in ten and more. A wrong mean, channel order, stride or decoding costs far
// more than the rest: boxes land beside the faces. Score 0.5 is where the published demos cut.
TEST_P(PeerNetwork, HidesLabelledFacesAndFitsThem) {
  const auto model = SHARED_OR_SKIP(std::string("peers/") + GetParam().file);
  const auto shared = SHARED_OR_SKIP("eval/faces.csv");
  const auto network = open_face_network(model);
  ASSERT_TRUE(network.has_value()) << network.error().message();
  EXPECT_EQ((*network)->name(), GetParam().name);
  constexpr uint32_t seed = 20260105;
  for (const char* folder : {"scans/", "masks/"}) {
    const auto pictures = draw_pictures(test::shared_folder(), folder, 5, seed);
    const Tally tally = measure(**network, test::shared_folder(), pictures, 0);
    std::cout << GetParam().title << " " << folder << " seed " << seed << ": hidden "
              << tally.hidden << " of " << tally.faces << ", fitting " << tally.fitting
              << ", boxes " << tally.boxes << ", false " << tally.false_boxes << "\n";
    ASSERT_GE(tally.faces, pictures.size());
    EXPECT_GE(static_cast<double>(tally.hidden), 0.75 * static_cast<double>(tally.faces));
    EXPECT_GE(static_cast<double>(tally.fitting), 0.6 * static_cast<double>(tally.faces));
    // Masks are full of faces that nobody labelled. On scans two a picture would be a broken
    // decoder.
    if (folder == std::string("scans/")) {
      EXPECT_LE(tally.false_boxes, 2 * pictures.size());
    }
  }
  EXPECT_GT((*network)->gflop({640, 640}), 0.05);
  std::cout << GetParam().title << ": " << (*network)->gflop({640, 640}) << " GFLOP at 640 x 640\n";
}

std::string title_of(const testing::TestParamInfo<Peer>& info) { return info.param.title; }

INSTANTIATE_TEST_SUITE_P(
    Peers, PeerNetwork,
    testing::Values(Peer{"face_detection_yunet_2023mar.onnx", "yunet", "YuNet2023Mar"},
                    Peer{"yunet_n_dynamic.onnx", "yunet", "YuNetDynamic"},
                    Peer{"scrfd_500m_bnkps.onnx", "scrfd", "Scrfd500M"},
                    Peer{"yolov5n-0.5.onnx", "yolov5-face", "Yolov5n05"},
                    Peer{"version-RFB-320.onnx", "ultra-light-onnx", "UltraLightRfb320"}),
    title_of);

}  // namespace
}  // namespace faceveil

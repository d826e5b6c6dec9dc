#include "detect/ultra_light.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/files.h"
#include "base/limits.h"
#include "detect/box_decoding.h"
#include "nn/measures.h"
#include "nn/model.h"
#include "nn/onnx_loader.h"

namespace faceveil {
namespace {

constexpr int stride_max = 64;

// Cells of one size, each with the same anchors.
struct Level {
  int stride;
  float lift_px;  // By which the expected faces lie above the middle of their cell.
  std::vector<Size> anchors;
  const char* classes;  // The constants of the file whose convolutions speak of this level.
  const char* boxes;
};

// Strides and sizes as in the network's own training (min_boxes of its fd_config.py), and as its
// file holds them for 320 x 240: the largest was cut to the height of that picture. And as 240 is
// no multiple of 32 or 64, training laid 8 and 4 rows of anchors over it, 30 and 60 px apart, above
// cells that are 32 and 64 px apart: by 8 px on average over the rows, 5 to 7 px where labelled
// faces are. So the network has learnt to answer; without the lift its boxes lie too low.
const std::array<Level, 4>& levels() {
  static const std::array<Level, 4> all = {{
      {8,
       0,
       {{10, 10}, {16, 16}, {24, 24}},
       "classification_headers.0.2.weight",
       "regression_headers.0.2.weight"},
      {16,
       0,
       {{32, 32}, {48, 48}},
       "classification_headers.1.2.weight",
       "regression_headers.1.2.weight"},
      {32,
       6,
       {{64, 64}, {96, 96}},
       "classification_headers.2.2.weight",
       "regression_headers.2.2.weight"},
      {64,
       6,
       {{128, 128}, {192, 192}, {256, 240}},
       "classification_headers.3.weight",
       "regression_headers.3.weight"},
  }};
  return all;
}

// What the four numbers of a box are multiplied by (the file's own constants).
constexpr float centre_variance = 0.1f, size_variance = 0.2f;

int padded(int side) { return (side + stride_max - 1) / stride_max * stride_max; }
Size padded(Size picture) { return {padded(picture.width), padded(picture.height)}; }

// Level by level: the two logits of each anchor (background, face), then its four numbers.
std::vector<std::string> outputs_by_name() {
  std::vector<std::string> names;
  for (const Level& level : levels()) {
    names.emplace_back(level.classes);
    names.emplace_back(level.boxes);
  }
  return names;
}

Status check_outputs(const nn::Graph& graph) {
  const std::vector<nn::Shape> shapes = TRY(nn::infer_shapes(graph, Size{stride_max, stride_max}));
  for (size_t i = 0; i < graph.outputs.size(); ++i) {
    const Level& level = levels()[i / 2];
    const int numbers = i % 2 == 0 ? 2 : 4, cells = stride_max / level.stride;
    const nn::Shape expected{cells, cells, static_cast<int>(level.anchors.size()) * numbers};
    if (shapes[static_cast<size_t>(graph.outputs[i])] == expected) continue;
    return fail(Error::Kind::bad_input,
                "The model file is not the face network that it should be.");
  }
  return {};
}

Result<nn::Graph> load_ultra_light(const std::filesystem::path& file) {
  const Bytes bytes = TRY(read_file(file, limits::model_bytes_max));
  nn::Graph graph = TRY(nn::load_onnx(bytes, outputs_by_name()));
  TRY(check_outputs(graph));
  return graph;
}

// (RGB - 127) / 128 as in training. The padding at right and bottom is 0 there, a grey of 127: what
// the network's convolutions themselves see beyond a border, so that the picture ends for it as
// every picture does.
void fill_input(const Image& picture, Size size, std::span<float> input) {
  const auto row_length = static_cast<size_t>(size.width) * rgb_channels;
  const auto picture_length = static_cast<size_t>(picture.size().width) * rgb_channels;
  CHECK(input.size() == row_length * static_cast<size_t>(size.height));
  for (int y = 0; y < size.height; ++y) {
    const std::span<float> row = input.subspan(static_cast<size_t>(y) * row_length, row_length);
    size_t filled = 0;
    if (y < picture.size().height) {
      const uint8_t* samples = picture.row<uint8_t>(y);
      for (; filled < picture_length; ++filled) {
        row[filled] = (static_cast<float>(samples[filled]) - 127.0f) / 128.0f;
      }
    }
    std::fill(row.begin() + static_cast<ptrdiff_t>(filled), row.end(), 0.0f);
  }
}

Rect decode(const UltraLightAnchor& anchor, std::span<const float, 4> v) {
  const Rect& from = anchor.box;
  const float x = from.x + from.width / 2 + v[0] * centre_variance * from.width;
  const float y = from.y + from.height / 2 + v[1] * centre_variance * from.height;
  const float width = from.width * std::exp(v[2] * size_variance);
  const float height = from.height * std::exp(v[3] * size_variance);
  return {x - width / 2, y - height / 2, width, height};
}

Status check(const Image& picture) {
  if (picture.size().width < 1 || picture.size().height < 1) {
    return fail(Error::Kind::bad_input, "The picture is empty ({0} x {1} pixels).",
                {std::to_string(picture.size().width), std::to_string(picture.size().height)});
  }
  if (picture.format() != PixelFormat::rgb8) {
    return fail(Error::Kind::bad_input, "A face network looks at 8-bit RGB pictures only.");
  }
  return {};
}

class UltraLight : public FaceNetwork {
 public:
  UltraLight(std::shared_ptr<const nn::Model> model, int reach)
      : model_(std::move(model)), reach_(reach) {}

  const std::string& name() const override { return name_; }
  int reach_px() const override { return reach_; }
  int alignment_px() const override { return stride_max; }

  Result<std::vector<Candidate>> look(const Image& picture, float logit_min) const override {
    TRY(check(picture));
    const Size size = padded(picture.size());
    const nn::Lease network = TRY(model_->lease(size));
    fill_input(picture, size, network->input());
    TRY(network->run());
    return candidates(picture.size(), *network, ultra_light_anchors(size), logit_min);
  }

  double gflop(Size picture) const override {
    const Result<double> flop = nn::flop_count(model_->graph(), padded(picture));
    return flop ? *flop * 1e-9 : 0;
  }

 private:
  static std::vector<Candidate> candidates(Size picture, const nn::Runtime& network,
                                           std::span<const UltraLightAnchor> anchors,
                                           float logit_min) {
    const auto width = static_cast<float>(picture.width),
               height = static_cast<float>(picture.height);
    std::vector<Candidate> found;
    for (size_t level = 0; level < levels().size(); ++level) {
      const std::span<const float> classes = network.output(2 * level);
      const std::span<const float> boxes = network.output(2 * level + 1);
      const size_t count = classes.size() / 2;
      for (size_t i = 0; i < count; ++i) {
        // The softmax of two classes is the sigmoid of their difference.
        const float logit = classes[2 * i + 1] - classes[2 * i];
        const UltraLightAnchor& anchor = anchors[i];
        if (!(logit >= logit_min) || anchor.cell.x >= width || anchor.cell.y >= height) {
          continue;
        }
        const Rect box = decode(anchor, boxes.subspan(4 * i).first<4>());
        if (!is_sound(box)) continue;
        found.push_back({box, std::clamp(logit, -100.0f, 100.0f), std::nullopt, anchor.cell});
      }
      anchors = anchors.subspan(count);
    }
    CHECK(anchors.empty());
    return found;
  }

  std::shared_ptr<const nn::Model> model_;
  std::string name_ = "ultra-light-320";
  int reach_;
};

}  // namespace

Result<std::unique_ptr<const FaceNetwork>> create_ultra_light(
    const std::filesystem::path& model_folder, int thread_count) {
  CHECK(thread_count >= 1);
  const std::filesystem::path file = model_folder / "ultra_light_rfb_320.onnx";
  nn::Graph loaded = TRY(about(file.string(), load_ultra_light(file)));
  auto graph = std::make_shared<const nn::Graph>(std::move(loaded));
  const int reach = TRY(nn::reach_px(*graph, Size{stride_max, stride_max}));
  return std::make_unique<const UltraLight>(
      std::make_shared<const nn::Model>(std::move(graph), thread_count), reach);
}

std::vector<UltraLightAnchor> ultra_light_anchors(Size size) {
  CHECK(size == padded(size));
  std::vector<UltraLightAnchor> all;
  for (const Level& level : levels()) {
    const auto stride = static_cast<float>(level.stride);
    for (int y = 0; y < size.height / level.stride; ++y) {
      for (int x = 0; x < size.width / level.stride; ++x) {
        const Point cell{(static_cast<float>(x) + 0.5f) * stride,
                         (static_cast<float>(y) + 0.5f) * stride};
        for (const Size& anchor : level.anchors) {
          const auto width = static_cast<float>(anchor.width),
                     height = static_cast<float>(anchor.height);
          all.push_back(
              {cell, {cell.x - width / 2, cell.y - level.lift_px - height / 2, width, height}});
        }
      }
    }
  }
  return all;
}

}  // namespace faceveil

#include "detect/verifier.h"

#include <utility>

#include "base/check.h"
#include "base/files.h"
#include "base/limits.h"
#include "nn/measures.h"
#include "nn/onnx_loader.h"

namespace faceveil {
namespace {

constexpr int side = Verifier::framing.side_px;

Result<nn::Graph> load_verifier(const std::filesystem::path& file) {
  const Bytes bytes = TRY(read_file(file, limits::model_bytes_max));
  nn::Graph graph = TRY(nn::load_onnx(bytes));
  const std::vector<nn::Shape> shapes = TRY(nn::infer_shapes(graph, Size{side, side}));
  const bool is_ours = graph.input.channels == rgb_channels && graph.outputs.size() == 1 &&
                       shapes[static_cast<size_t>(graph.outputs[0])] == nn::Shape{1, 1, 1};
  if (!is_ours) {
    return fail(Error::Kind::bad_input,
                "The model file is not the face network that it should be.");
  }
  return graph;
}

// In [-1, 1]; mirrored or not.
void fill_input(const Image& picture, bool is_mirrored, std::span<float> input) {
  float* out = input.data();
  for (int y = 0; y < side; ++y) {
    const uint8_t* row = picture.row<uint8_t>(y);
    for (int x = 0; x < side; ++x) {
      const uint8_t* pixel = row + ptrdiff_t{is_mirrored ? side - 1 - x : x} * rgb_channels;
      for (int c = 0; c < rgb_channels; ++c)
        *out++ = static_cast<float>(pixel[c]) * (2.0f / 255.0f) - 1.0f;
    }
  }
}

}  // namespace

Result<Verifier> Verifier::create(const std::filesystem::path& model_folder) {
  const std::filesystem::path file = model_folder / "face_verifier.onnx";
  nn::Graph loaded = TRY(about(file.string(), load_verifier(file)));
  const auto graph = std::make_shared<const nn::Graph>(std::move(loaded));
  Verifier verifier;
  verifier.gflop_ = 2e-9 * TRY(nn::flop_count(*graph, Size{side, side}));
  verifier.model_ = std::make_shared<const nn::Model>(graph, 1);
  return verifier;
}

Result<float> Verifier::log_odds(const Image& close_up) const {
  CHECK(close_up.format() == PixelFormat::rgb8 && close_up.size() == (Size{side, side}));
  const nn::Lease network = TRY(model_->lease(Size{side, side}));
  float sum = 0;
  for (const bool is_mirrored : {false, true}) {
    fill_input(close_up, is_mirrored, network->input());
    TRY(network->run());
    sum += network->output(0)[0];
  }
  return sum / 2;
}

}  // namespace faceveil

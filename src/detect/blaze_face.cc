#include "detect/blaze_face.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/check.h"
#include "detect/box_decoding.h"
#include "detect/model_catalogue.h"
#include "nn/measures.h"
#include "nn/model.h"

namespace faceveil {
namespace {

constexpr float black = -1.0f;
// The network halves its input five times.
constexpr int stride_max = 32;
// Its windows reach 581 pixels far (nn::reach_px), but what they see so far off hardly counts.
// Photographs cut off at this distance moved no logit by more than 0.05 and no box's width by more
// than 0.2 % (at 192 pixels: 0.41 and 2.5 %).
constexpr int reach_far_px = 256;

int padded(int side) { return (side + stride_max - 1) / stride_max * stride_max; }
Size padded(Size picture) { return {padded(picture.width), padded(picture.height)}; }

// The picture in [-1, 1] at the top left of `samples`, black around it.
void fill_input(const Image& picture, Size input, std::span<float> samples) {
  const auto [width, height] = picture.size();
  CHECK(samples.size() ==
        static_cast<size_t>(input.width) * static_cast<size_t>(input.height) * rgb_channels);
  const ptrdiff_t filled = ptrdiff_t{width} * rgb_channels,
                  row_length = ptrdiff_t{input.width} * rgb_channels;
  float* out = samples.data();
  for (int y = 0; y < height; ++y, out += row_length) {
    const uint8_t* row = picture.row<uint8_t>(y);
    for (ptrdiff_t i = 0; i < filled; ++i) {
      out[i] = static_cast<float>(row[i]) * (2.0f / 255.0f) - 1.0f;
    }
    std::fill(out + filled, out + row_length, black);
  }
  std::fill(out, samples.data() + samples.size(), black);
}

class BlazeFace : public FaceNetwork {
 public:
  BlazeFace(std::shared_ptr<const nn::Model> model, const CatalogueEntry& entry)
      : model_(std::move(model)), name_(entry.name), layer_(entry.layers.front()) {}

  const std::string& name() const override { return name_; }
  int reach_px() const override { return reach_far_px; }
  int alignment_px() const override { return stride_max; }

  Result<std::vector<Candidate>> look(const Image& picture, float logit_min) const override {
    TRY(check(picture));
    const Size input = padded(picture.size());
    const nn::Lease network = TRY(model_->lease(input));
    const OutputIndices outputs = TRY(find_outputs(*network, anchor_count(input)));
    fill_input(picture, input, network->input());
    TRY(network->run());
    return candidates(picture.size(), input, network->output(outputs.logits),
                      network->output(outputs.values), logit_min);
  }

  double gflop(Size picture) const override {
    const Result<double> flop = nn::flop_count(model_->graph(), padded(picture));
    return flop ? *flop * 1e-9 : 0;
  }

 private:
  static Status check(const Image& picture) {
    if (picture.size().width < 1 || picture.size().height < 1) {
      return fail(Error::Kind::bad_input, "The picture is empty ({0} x {1} pixels).",
                  {std::to_string(picture.size().width), std::to_string(picture.size().height)});
    }
    if (picture.format() != PixelFormat::rgb8) {
      return fail(Error::Kind::bad_input, "A face network looks at 8-bit RGB pictures only.");
    }
    return {};
  }

  size_t anchor_count(Size input) const {
    return static_cast<size_t>(input.width / layer_.stride) *
           static_cast<size_t>(input.height / layer_.stride);
  }

  std::vector<Candidate> candidates(Size picture, Size input, std::span<const float> logits,
                                    std::span<const float> values, float logit_min) const {
    const auto width = static_cast<float>(picture.width),
               height = static_cast<float>(picture.height);
    const auto stride = static_cast<float>(layer_.stride);
    const int cells_across = input.width / layer_.stride;
    std::vector<Candidate> found;
    for (size_t i = 0; i < logits.size(); ++i) {
      if (!(limited(logits[i]) >= logit_min)) continue;
      const int cell = static_cast<int>(i);
      const int column = cell % cells_across, row = cell / cells_across;
      const Point anchor{(static_cast<float>(column) + 0.5f) * stride,
                         (static_cast<float>(row) + 0.5f) * stride};
      if (anchor.x >= width || anchor.y >= height) continue;
      const auto of_anchor = values.subspan(i * values_per_anchor).first<values_per_anchor>();
      Candidate candidate = decode_anchor(anchor, logits[i], of_anchor);
      if (is_sound(candidate.box)) found.push_back(candidate);
    }
    return found;
  }

  std::shared_ptr<const nn::Model> model_;
  std::string name_;
  AnchorLayer layer_;
};

}  // namespace

Result<std::unique_ptr<const FaceNetwork>> create_blaze_face(
    const std::filesystem::path& model_folder) {
  const CatalogueEntry& entry = catalogue_entry(DetectorId::blazeface_full);
  const std::filesystem::path file = model_folder / entry.file;
  std::shared_ptr<const nn::Model> model = TRY(nn::Model::shared(file));
  const Size input{entry.side, entry.side};
  // Prepares a runtime to see that the file is the network that it should be.
  {
    const nn::Lease runtime = TRY(about(file.string(), model->lease(input)));
    TRY(about(file.string(), find_outputs(*runtime, anchor_centres(input, entry.layers).size())));
  }
  return std::make_unique<const BlazeFace>(std::move(model), entry);
}

}  // namespace faceveil

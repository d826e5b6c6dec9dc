#include "detect/detector.h"

#include <string>
#include <utility>

#include "detect/box_decoding.h"
#include "detect/letterbox.h"
#include "detect/model_catalogue.h"
#include "detect/weighted_nms.h"
#include "nn/model.h"

namespace faceveil {
namespace {

// MediaPipe's min_suppression_threshold for both networks.
constexpr float nms_overlap = 0.3f;

}  // namespace

struct Detector::State {
  DetectorOptions options;
  std::shared_ptr<const nn::Model> model;
  Size input;
  std::vector<Point> anchors;
  OutputIndices outputs;
};

Result<Detector> Detector::create(const std::filesystem::path& model_folder,
                                  DetectorOptions options) {
  const CatalogueEntry& entry = catalogue_entry(options.detector);
  const std::filesystem::path file = model_folder / entry.file;
  State state;
  state.options = options;
  state.model = TRY(nn::Model::shared(file));
  state.input = {entry.side, entry.side};
  state.anchors = anchor_centres(state.input, entry.layers);
  // Prepares a runtime now, so that the first picture does not wait for it.
  const nn::Lease runtime = TRY(about(file.string(), state.model->lease(state.input)));
  state.outputs = TRY(about(file.string(), find_outputs(*runtime, state.anchors.size())));
  return Detector(std::make_shared<const State>(std::move(state)));
}

Detector::Detector(std::shared_ptr<const State> state) : state_(std::move(state)) {}

const DetectorOptions& Detector::options() const { return state_->options; }

Result<std::vector<Face>> Detector::detect(const Image& picture) const {
  return detect(picture, state_->options.score_min);
}

Result<std::vector<Face>> Detector::detect(const Image& picture, float score_min) const {
  if (!(score_min > 0 && score_min <= 1)) {
    return fail(Error::Kind::bad_input, "The threshold must be above 0 and at most 1.");
  }
  if (picture.size().width < 1 || picture.size().height < 1) {
    return fail(Error::Kind::bad_input, "The picture is empty ({0} x {1} pixels).",
                {std::to_string(picture.size().width), std::to_string(picture.size().height)});
  }
  const nn::Lease network = TRY(state_->model->lease(state_->input));
  letterbox(picture, state_->input.width, network->input());
  TRY(network->run());
  const LetterboxGeometry geometry(picture.size(), state_->input.width);
  std::vector<Face> candidates = decode_faces(
      state_->anchors, network->output(state_->outputs.logits),
      network->output(state_->outputs.values), geometry, score_min, state_->options.detector);
  return weighted_nms(std::move(candidates), nms_overlap);
}

}  // namespace faceveil

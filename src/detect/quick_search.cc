#include "detect/quick_search.h"

#include <utility>

#include "detect/letterbox.h"
#include "detect/model_catalogue.h"
#include "detect/weighted_nms.h"
#include "nn/measures.h"

namespace faceveil {
namespace {

// MediaPipe's min_suppression_threshold for both networks.
constexpr float nms_overlap = 0.3f;

}  // namespace

Result<QuickSearch> QuickSearch::create(const std::filesystem::path& model_folder,
                                        DetectorId detector) {
  const CatalogueEntry& entry = catalogue_entry(detector);
  const std::filesystem::path file = model_folder / entry.file;
  QuickSearch search;
  search.detector_ = detector;
  search.model_ = TRY(nn::Model::shared(file));
  search.input_ = {entry.side, entry.side};
  search.anchors_ = anchor_centres(search.input_, entry.layers);
  // Prepares a runtime now, so that the first picture does not wait for it.
  const nn::Lease runtime = TRY(about(file.string(), search.model_->lease(search.input_)));
  search.outputs_ = TRY(about(file.string(), find_outputs(*runtime, search.anchors_.size())));
  return search;
}

Result<std::vector<Face>> QuickSearch::find(const Image& picture, float score_min) const {
  const nn::Lease network = TRY(model_->lease(input_));
  letterbox(picture, input_.width, network->input());
  TRY(network->run());
  const LetterboxGeometry geometry(picture.size(), input_.width);
  std::vector<Face> candidates =
      decode_faces(anchors_, network->output(outputs_.logits), network->output(outputs_.values),
                   geometry, score_min, detector_);
  return weighted_nms(std::move(candidates), nms_overlap);
}

double QuickSearch::gflop() const {
  const Result<double> flop = nn::flop_count(model_->graph(), input_);
  return flop ? *flop * 1e-9 : 0;
}

}  // namespace faceveil

// MediaPipe's way, to the letter: one pass of one network over the letterboxed picture. Held by the
// official solution's own results (mediapipe_golden_test.cc).
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "detect/box_decoding.h"
#include "detect/detector.h"
#include "nn/model.h"

namespace faceveil {

class QuickSearch {
 public:
  // Loads the network of a DetectorId that is not fusion. Errors: io, bad_input, naming the file.
  static Result<QuickSearch> create(const std::filesystem::path& model_folder, DetectorId);

  // The picture must not be empty. Errors: those of the executor.
  Result<std::vector<Face>> find(const Image&, float score_min) const;

  double gflop() const;  // Of one pass.

 private:
  QuickSearch() = default;

  DetectorId detector_ = DetectorId::blazeface_full;
  std::shared_ptr<const nn::Model> model_;
  Size input_;
  std::vector<Point> anchors_;
  OutputIndices outputs_;
};

}  // namespace faceveil

// FaceVeil's own small network: looks at a close-up of a candidate and says whether it is a face.
// Trained by training/ (its model card: training/README.md).
#pragma once

#include <filesystem>
#include <memory>

#include "detect/close_up.h"
#include "nn/model.h"

namespace faceveil {

class Verifier {
 public:
  // How a candidate is framed: as in training.
  static constexpr Framing framing{48, 2.0f};

  // Loads face_verifier.onnx. Errors: io, and those of nn::load_onnx, naming the file.
  static Result<Verifier> create(const std::filesystem::path& model_folder);

  // Log odds of a face in the middle of the close-up and its mirror image: their mean. `close_up`
  // is framed as above. Errors: those of the executor.
  Result<float> log_odds(const Image& close_up) const;

  double gflop() const { return gflop_; }  // Of one candidate.

 private:
  std::shared_ptr<const nn::Model> model_;
  double gflop_ = 0;
};

}  // namespace faceveil

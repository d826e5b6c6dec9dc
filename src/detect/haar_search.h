// Haar cascades alone, on the whole picture: the classic detector, to compare networks with.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "detect/detector.h"
#include "detect/face_network.h"

namespace faceveil {

class HaarSearch {
 public:
  // Errors: io, bad_input (haar.h), naming the folder.
  static Result<HaarSearch> create(const std::filesystem::path& cascade_folder);

  // The picture must not be empty. A face is a group of n windows that overlap, its score
  // n / (n + 12): 0.2, the default threshold, is OpenCV's usual three neighbours. Errors: those of
  // the cascades, over_limit.
  Result<std::vector<Face>> find(const Image&, float score_min) const;

 private:
  explicit HaarSearch(std::shared_ptr<const FaceNetwork> cascades)
      : cascades_(std::move(cascades)) {}

  std::shared_ptr<const FaceNetwork> cascades_;
};

}  // namespace faceveil

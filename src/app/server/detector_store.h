// The detectors, each loaded when first asked for and then shared by all requests.
#pragma once

#include <array>
#include <filesystem>
#include <mutex>
#include <optional>

#include "base/result.h"
#include "detect/detector.h"

namespace faceveil {

class DetectorStore {
 public:
  explicit DetectorStore(std::filesystem::path model_folder);

  // Borrowed; lives as long as the store. Whoever asks while it is being loaded waits. Errors: as
  // Detector::create, and the same again when asked again. Of the options only
  // detector and search count.
  Result<const Detector*> get(const DetectorOptions&);

 private:
  struct Slot {
    std::once_flag loaded;
    std::optional<Result<Detector>> detector;
  };
  const std::filesystem::path model_folder_;
  std::array<Slot, 6> slots_;  // Four single detectors in quick search, fusion in two.
};

}  // namespace faceveil

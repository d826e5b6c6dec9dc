// Finds faces in one picture.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"
#include "media/image.h"

namespace faceveil {

enum class DetectorId : uint8_t { blazeface_full, blazeface_full_sparse, blazeface_short };
enum class Search : uint8_t {
  quick
};  // quick: one pass over the letterboxed picture, as MediaPipe does.

std::string_view detector_name(DetectorId);  // "blazeface-full", as on the command line.
std::string_view search_name(Search);
Result<DetectorId> parse_detector(std::string_view);
Result<Search> parse_search(std::string_view);

struct Face {
  Rect box;  // Upright pixels; may reach over the picture's border.
  // Right eye, left eye, nose tip, mouth, right ear, left ear ("right" is the person's own right).
  std::array<Point, 6> keypoints;
  float score = 0;  // In [0, 1].
  DetectorId detector = DetectorId::blazeface_full;
};

struct DetectorOptions {
  DetectorId detector = DetectorId::blazeface_full;
  Search search = Search::quick;
  float score_min = 0.2f;  // In (0, 1]. "Rather one box too many than a face too few."
};

// Holds a loaded network. Const and free of visible state: share one among all threads; equal
// pictures give equal faces on any thread.
class Detector {
 public:
  // Loads the network once. Errors: io, bad_input (the model file), naming the file.
  static Result<Detector> create(const std::filesystem::path& model_folder, DetectorOptions);

  // Faces in descending order of score. Any Image; alpha is not looked at. `score_min` of the
  // options applies unless another is given.
  Result<std::vector<Face>> detect(const Image&) const;
  Result<std::vector<Face>> detect(const Image&, float score_min) const;

  const DetectorOptions& options() const;

 private:
  struct State;
  explicit Detector(std::shared_ptr<const State>);
  std::shared_ptr<const State> state_;
};

// Where the model files are: $FACEVEIL_MODEL_DIR, else `models` beside the program, else
// ../share/faceveil/models from it. Errors: io, saying where was looked.
Result<std::filesystem::path> find_model_folder();

}  // namespace faceveil

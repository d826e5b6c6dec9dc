// Finds faces in one picture.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"
#include "base/stop.h"
#include "detect/face_network.h"
#include "media/image.h"

namespace faceveil {

// A network of MediaPipe or OpenCV's Haar cascades alone (quick search only), or all that we have
// (balanced and thorough).
enum class DetectorId : uint8_t {
  blazeface_full,
  blazeface_full_sparse,
  blazeface_short,
  haar,
  fusion
};
// quick: one pass over the letterboxed picture, as MediaPipe does. balanced: two networks, several
// scales, and our own verifier. thorough: more scales, mirrored and turned.
enum class Search : uint8_t { quick, balanced, thorough };

std::string_view detector_name(DetectorId);  // "blazeface-full", as on the command line.
std::string_view search_name(Search);
Result<DetectorId> parse_detector(std::string_view);
Result<Search> parse_search(std::string_view);

struct Face {
  Rect box;                            // Upright pixels; may reach over the picture's border.
  std::optional<Keypoints> keypoints;  // Absent where no network that knows them saw the face.
  // In [0, 1]: the network's own in quick search, else a probability, shifted so that the default
  // threshold of 0.2 is where missing a face and marking a wrong place are in balance.
  float score = 0;
  DetectorId detector = DetectorId::fusion;

  bool operator==(const Face&) const = default;
};

struct DetectorOptions {
  DetectorId detector = DetectorId::fusion;
  Search search = Search::balanced;  // quick for a single network, not for fusion.
  float score_min = 0.2f;            // In (0, 1]. "Rather one box too many than a face too few."
  float face_min_px =
      16;                // The smallest face side looked for on purpose; smaller ones may be found.
  int thread_count = 1;  // For one picture; results do not depend on it.
  std::vector<std::filesystem::path> brought;  // ONNX files of further networks (brought_model.h).
};

// The one that was not named follows from the one that was: quick search is that of blazeface-full,
// a single network does quick search, and everything else is fusion in balanced search.
DetectorOptions matching(std::optional<DetectorId>, std::optional<Search>);

// The threshold for a sensitivity in [0, 1]: 0.5 is the default threshold, the ends are 0.83 (only
// the certain) and 0.01 (everything possible); between them a straight line in log odds.
float score_min_of_sensitivity(float sensitivity);

// Errors: bad_input for a detector that does not do the search.
Status check(const DetectorOptions&);

// Holds loaded networks. Const and free of visible state: share one among all threads; equal
// pictures give equal faces on any thread.
class Detector {
 public:
  // Loads the networks once. Errors: io, bad_input (the model file), naming the file; those of
  // check().
  static Result<Detector> create(const std::filesystem::path& model_folder, DetectorOptions);

  // Faces in descending order of score. Any Image; alpha is not looked at. `score_min` of the
  // options applies unless another is given.
  Result<std::vector<Face>> detect(const Image&) const;
  Result<std::vector<Face>> detect(const Image&, float score_min) const;

  // The same in a part of a picture in which a face of about `side_px` is expected (above 0) and
  // others need not be found. Balanced and thorough search look at one size only, on one thread.
  Result<std::vector<Face>> detect_expected(const Image& part, float side_px,
                                            float score_min) const;

  // The same detector, sharing its networks: its detect() ends with the error `cancelled`, within
  // about the time of one strip, once `stop` says so.
  Detector stoppable(StopRequested stop) const;

  // The same detector with the other search that it does, sharing its networks: balanced or
  // thorough for fusion; a single network has none but its own.
  Detector searching(Search) const;

  const DetectorOptions& options() const;

  // Billions of floating point operations that the networks need for a picture of this size.
  double gflop(Size picture) const;

 private:
  struct State;
  explicit Detector(std::shared_ptr<const State>);
  std::shared_ptr<const State> state_;
  StopRequested stop_;
};

// Where the model files are: $FACEVEIL_MODEL_DIR, else `models` beside the program, else
// ../share/faceveil/models from it. Errors: io, saying where was looked.
Result<std::filesystem::path> find_model_folder();

}  // namespace faceveil

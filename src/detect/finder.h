// Fusion: two packaged networks, those that a person brings, and our verifier give one answer.
//
//   pyramid  ->  sightings  ->  clusters  ->  first verdict  ->  close look  ->  last verdict
#pragma once

#include <filesystem>
#include <vector>

#include "detect/detector.h"
#include "detect/picture_search.h"
#include "detect/verifier.h"

namespace faceveil {

class Finder {
 public:
  // For Search::balanced and thorough. Loads all networks once. Errors: io, bad_input, unsupported,
  // naming the file.
  static Result<Finder> create(const std::filesystem::path& model_folder, const DetectorOptions&);

  // The same networks, loaded once, for the other of the two searches.
  Finder searching(Search) const;

  // Faces of at least `score_min`, the most probable first. Equal pictures give equal faces, on any
  // number of threads. `stop` is asked before each strip and each close look. Errors: as
  // look_everywhere.
  Result<std::vector<Face>> find(const Image&, float score_min, const StopRequested& stop) const;

  // In a part of a picture in which a face of about `side_px` is expected: cheaper, on one thread.
  Result<std::vector<Face>> find_expected(const Image& part, float side_px, float score_min,
                                          const StopRequested& stop) const;

  // Of the networks for a picture of this size, the verifier's close looks not counted.
  double gflop(Size picture) const { return search_.gflop(picture, options_); }

 private:
  // By search: what differs between them.
  struct Rules {
    VerdictRules balanced, thorough;
  };

  Finder(PictureSearch, Verifier, Rules, PictureSearchOptions);

  Result<std::vector<Face>> find(const Image&, float score_min, const PictureSearchOptions&,
                                 const StopRequested&) const;
  Result<std::vector<float>> scores(const Halvings&, const Findings&, const PictureSearchOptions&,
                                    const StopRequested&) const;

  PictureSearch search_;
  Verifier verifier_;
  Rules rules_;
  PictureSearchOptions options_;
};

}  // namespace faceveil

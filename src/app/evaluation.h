// Runs a detector over labelled pictures.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "detect/detector.h"
#include "evaluate/contact_sheet.h"
#include "evaluate/judge.h"
#include "evaluate/subsets.h"
#include "evaluate/truth.h"
#include "pipeline/job.h"

namespace faceveil {

struct EvaluationSettings {
  std::filesystem::path folder;  // Where the pictures of the truth file are.
  // All that is asked of a detector: the faces of a picture whose score reaches a threshold.
  std::function<Result<std::vector<Face>>(const Image&, float score_min)> look;
  std::function<double(Size)> gflop;  // What one look costs; 0 where that is not known.
  PlanOptions plan;                   // What would be painted; score_min is the threshold judged.
  // Where curves begin, at most plan.score_min. Where it is the same, each picture is looked at
  // once, otherwise twice: boxes may depend on the threshold (weighted suppression lets weak ones
  // enter the mean), and the numbers at the threshold shall be those of `hide`.
  float curve_from = 0.02f;
  int thread_count = 1;
};

// Both in the order of truth.pictures. Times and costs stand in at_threshold.
struct Evaluation {
  std::vector<PictureVerdict> at_threshold;
  std::vector<PictureVerdict> for_curves;
};

// Errors: those of read_file and parse_truth.
Result<Truth> read_truth(const std::string& path);

// Errors: io, naming the truth file's line, where a picture is not there.
Status check_pictures_exist(const Truth&, const std::filesystem::path& folder);

// Errors: those of read_file, decode_still and the detector, naming the picture; cancelled. A
// picture that fails fails the whole: numbers over fewer pictures could not be compared.
Result<Evaluation> evaluate(const Truth&, const EvaluationSettings&, const StopRequested&,
                            const std::function<void(size_t done_count)>& on_picture_done);

// A sheet of faces that leak at the threshold, largest first.
struct MissedFaces {
  Image sheet;        // rgb8.
  size_t shown = 0;   // At most limits::sheet_faces_max,
  size_t missed = 0;  // of these many.
};

// Opens the pictures once more. `subset` says which faces count; absent where none is missed.
// Errors as evaluate().
Result<std::optional<MissedFaces>> sheet_of_missed_faces(const Truth&, const EvaluationSettings&,
                                                         std::span<const PictureVerdict>,
                                                         const Subset& subset);

}  // namespace faceveil

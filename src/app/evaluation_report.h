// What an evaluation found, for people (tables) and for machines (JSON).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/evaluation.h"
#include "evaluate/summary.h"

namespace faceveil {

// How the numbers came about.
struct EvaluationHead {
  std::string detector, search;
  float threshold = 0, curve_from = 0, grow = 0;
  FaceSizeMin size_min;
  int jobs = 1;
};

// The numbers of one subset.
struct EvaluationPart {
  std::string name;
  size_t labelled = 0;  // Faces, counting or not.
  Counts counts;        // At the threshold.
  Curve curve;
  std::optional<double> wider_average_precision;  // For splits: by WIDER FACE's own protocol.
  // A look's time and cost, the mean over the pictures.
  double milliseconds_a_picture = 0;
  double gflop_a_picture = 0;  // 0: not known.
};

// One part for each subset, in their order. `splits` names those for which WIDER FACE's protocol is
// run.
std::vector<EvaluationPart> evaluation_parts(const Evaluation&, std::span<const Subset>,
                                             float threshold, std::span<const NamedSplit> splits);

// Tables with a heading, ready to print.
std::string format_evaluation_table(const EvaluationHead&, std::span<const EvaluationPart>);

// Everything, curves included (at most 256 points each). Ends with a newline.
std::string format_evaluation_json(const EvaluationHead&, std::span<const EvaluationPart>);

}  // namespace faceveil

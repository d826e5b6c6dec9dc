// Weighted non-maximum suppression: many boxes on one face become one (Bazarevsky et al.,
// "BlazeFace: Sub-millisecond Neural Face Detection on Mobile GPUs", 2019, section 4).
#pragma once

#include <vector>

#include "detect/detector.h"

namespace faceveil {

// Takes the best face and all whose box overlaps it by more than `overlap` (intersection over
// union); their score-weighted mean, with the best score, is one result; and so on with the rest.
// All faces must have keypoints. In descending order of score; of equal scores the earlier in
// `faces` goes first.
std::vector<Face> weighted_nms(std::vector<Face> faces, float overlap);

}  // namespace faceveil

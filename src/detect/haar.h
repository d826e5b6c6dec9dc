// The classic detector of OpenCV: cascades of Haar features for faces from the front and from the
// side (Viola, Jones 2001; Lienhart, Maydt 2002), to compare with and to join the networks.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "detect/face_network.h"

namespace faceveil {

// Where the cascades are: $FACEVEIL_HAAR_DIR, else where Debian's package opencv-data puts them.
// Errors: io, when that folder does not hold both of them.
Result<std::filesystem::path> find_haar_folder();

// name() is "haar". It looks for all sizes from 24 pixels up by itself, at steps of 1.1; profiles
// to both sides. Pictures of more than four megapixels are looked at reduced by a whole number,
// which bounds the memory. A candidate's logit is twice what the last stage of its cascade says in
// sum: a boosted sum is half the log odds (Friedman, Hastie, Tibshirani, "Additive logistic
// regression", 2000). It has passed all stages, so that counts among such windows only, and many
// candidates on one place say more than one with a high logit. Its anchor is its middle; it has no
// key points. gflop() is 0: the work depends on the picture. Errors: io (as find_haar_folder),
// bad_input (a file is no cascade), naming the folder.
Result<std::unique_ptr<FaceNetwork>> open_haar_cascades(const std::filesystem::path& folder);

}  // namespace faceveil

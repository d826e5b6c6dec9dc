// Where the faces of eval-video's clips come from.
#pragma once

#include <string>
#include <vector>

#include "evaluate/face_cutout.h"

namespace faceveil {

// Drawn ones where no folder is named; the pictures of `folder`, each filled by one face; or, with
// a truth file (evaluate/truth.h), the labelled heads of the photographs in it: of each picture
// those that cut_head() can have and into which no other labelled face reaches. At least one.
// Errors: io, bad_input, naming the file.
Result<std::vector<FaceCutout>> clip_faces(const std::string& folder, const std::string& truth);

}  // namespace faceveil

// How a test tells that no second picture of a file went into another file.
#pragma once

#include <string_view>
#include <vector>

#include "media/metadata.h"

namespace faceveil::test {

// Whether it is a picture beside the picture, or a maker note, which may hold one.
bool is_second_picture(const MetadataFinding&);

// Pieces of all second pictures of `file`, 24 bytes each and not all alike, in `file` itself: none
// of them may be in an output. Of XMP packets, whose words a policy may keep, only what may be
// base64.
std::vector<std::string_view> pieces_of_second_pictures(BytesView file);

}  // namespace faceveil::test

// Which pictures of a film can be copied as they are coded.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace faceveil {

// Numbers of pictures, from 0 on, half open.
struct PictureRange {
  int64_t from = 0, to = 0;
  bool operator==(const PictureRange&) const = default;
};

// The closed groups of pictures of an H.264 film for all of whose pictures `may_be_copied` holds
// (asked with times as of VideoFrame). Reads the packets, decodes nothing. Wherever there is a
// doubt a group, or all of them, is left out: other codecs, rotation, interlaced pictures, edits of
// the container, parameter sets that change on the way. Errors: as VideoReader::open.
Result<std::vector<PictureRange>> copyable_groups(
    const std::filesystem::path& film, const std::function<bool(MediaTime)>& may_be_copied);

}  // namespace faceveil

// Whole files in and out. Output appears under its name complete or not at all.
#pragma once

#include <filesystem>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace faceveil {

// All bytes of a regular file; "-" reads standard input. Errors: io; over_limit above `bytes_max`,
// checked before anything is read where the size is known.
Result<Bytes> read_file(const std::filesystem::path& path, int64_t bytes_max);

enum class Overwrite { refuse, allow };

// Writes `bytes` to a nameless file in the folder of `path`, flushes it to disk and gives it the
// name only then; "-" writes standard output. On failure nothing appears under the name and nothing
// is left beside it. Errors: io (also when the file exists and `overwrite` is refuse).
Status write_file(const std::filesystem::path& path, BytesView bytes, Overwrite overwrite);

}  // namespace faceveil

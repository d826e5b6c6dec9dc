// Whole files in and out. Output appears under its name complete or not at all.
#pragma once

#include <filesystem>
#include <memory>
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

// A file that is written bit by bit, and read again while it is (containers go back to fill in
// their lengths). It has no name until finish(), so that nothing is left of one that is given up or
// of a killed process (on file systems without O_TMPFILE a hidden name beside it, removed when the
// object is destroyed).
class OutputFile {
 public:
  // Errors: io (also when the file exists and `overwrite` is refuse).
  static Result<OutputFile> create(const std::filesystem::path& path, Overwrite overwrite);
  ~OutputFile();
  OutputFile(OutputFile&&) noexcept;
  OutputFile& operator=(OutputFile&&) noexcept;

  // For reading, writing and seeking; stays owned here.
  int descriptor() const;

  // Under which this process can open what has been written so far, before it has its name.
  std::filesystem::path unnamed_path() const;

  // Flushes to disk and gives the name. Errors: io. Once.
  Status finish();

 private:
  struct State;
  explicit OutputFile(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

}  // namespace faceveil

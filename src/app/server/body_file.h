// A request's body on disk in place of memory, for what is too large for memory: films. The file
// has no name: it is gone with its last user, and with the process however that ends.
#pragma once

#include <filesystem>
#include <memory>

#include "base/bytes.h"
#include "base/result.h"

namespace faceveil {

class BodyFile {
 public:
  // Empty, in `folder`. Errors: io.
  static Result<std::shared_ptr<BodyFile>> create(const std::filesystem::path& folder,
                                                  int64_t bytes_max);
  // A file that is there, to be read only; it keeps its name. Errors: io.
  static Result<std::shared_ptr<BodyFile>> open(const std::filesystem::path& file);
  ~BodyFile();
  BodyFile(const BodyFile&) = delete;
  BodyFile& operator=(const BodyFile&) = delete;

  // Errors: over_limit, when it would have more than `bytes_max`; io.
  Status append(BytesView);
  // Up to `size` bytes from `offset` on; fewer at the end. Errors: io.
  Result<Bytes> read(int64_t offset, size_t size) const;

  int64_t size() const { return size_; }
  int64_t bytes_max() const { return bytes_max_; }
  // A path by which this process can open it.
  std::filesystem::path path() const;

 private:
  BodyFile(int descriptor, int64_t size, int64_t bytes_max)
      : descriptor_(descriptor), size_(size), bytes_max_(bytes_max) {}

  const int descriptor_;
  int64_t size_;
  const int64_t bytes_max_;
};

}  // namespace faceveil

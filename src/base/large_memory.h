// Memory by the megabyte, straight from the system: for what is large, and written before it is
// read. The system's allocator hands such memory out in pages of 4 kB, each cleared and mapped at
// its first use, which on a virtual machine costs more than computing what goes into it. Here it
// comes in pages of 2 MB where the system has them (Linux: transparent huge pages).
#pragma once

#include <cstddef>
#include <utility>

#include "base/result.h"

namespace faceveil {

class LargeMemory {
 public:
  LargeMemory() = default;
  LargeMemory(LargeMemory&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
  LargeMemory& operator=(LargeMemory&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~LargeMemory();

  // At least `bytes`, rounded up to whole large pages; begins on one. All zero, and costs nothing
  // before it is touched. Error: over_limit when the system has no more.
  static Result<LargeMemory> take(size_t bytes);

  void* data() const { return data_; }
  size_t bytes() const { return bytes_; }

 private:
  void* data_ = nullptr;
  size_t bytes_ = 0;
};

}  // namespace faceveil

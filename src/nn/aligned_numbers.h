// Float32 numbers that begin on a cache line, so that no vector of them lies across two.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>

namespace faceveil::nn {

// Fixed in size; zero at first.
class AlignedNumbers {
 public:
  AlignedNumbers() = default;
  explicit AlignedNumbers(size_t count)
      : numbers_(new (std::align_val_t{alignment}) float[std::max<size_t>(count, 1)]),
        count_(count) {
    std::fill_n(numbers_.get(), count, 0.0f);
  }

  float* data() { return numbers_.get(); }
  const float* data() const { return numbers_.get(); }
  size_t size() const { return count_; }

 private:
  static constexpr size_t alignment = 64;
  struct Delete {
    void operator()(float* numbers) const {
      operator delete[](numbers, std::align_val_t{alignment});
    }
  };
  std::unique_ptr<float[], Delete> numbers_;
  size_t count_ = 0;
};

}  // namespace faceveil::nn

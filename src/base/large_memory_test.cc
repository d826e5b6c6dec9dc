#include "base/large_memory.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>

namespace faceveil {
namespace {

TEST(LargeMemory, IsAlignedAndAllOfItCanBeWritten) {
  for (const size_t bytes : {size_t{1}, size_t{2} << 20, (size_t{4} << 20) + 1}) {
    Result<LargeMemory> memory = LargeMemory::take(bytes);
    ASSERT_TRUE(memory.has_value());
    EXPECT_GE(memory->bytes(), bytes);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(memory->data()) % (2u << 20), 0u);
    std::memset(memory->data(), 0xff, memory->bytes());
  }
}

TEST(LargeMemory, MovesFromOneOwnerToAnother) {
  Result<LargeMemory> first = LargeMemory::take(100);
  ASSERT_TRUE(first.has_value());
  void* const data = first->data();
  LargeMemory second = std::move(*first);
  EXPECT_EQ(second.data(), data);
  LargeMemory third;
  third = std::move(second);
  EXPECT_EQ(third.data(), data);
  std::memset(third.data(), 1, third.bytes());
}

TEST(LargeMemory, MoreThanThereIsIsAnError) {
  for (const size_t bytes : {std::numeric_limits<size_t>::max(), size_t{1} << 60}) {
    const Result<LargeMemory> memory = LargeMemory::take(bytes);
    ASSERT_FALSE(memory.has_value());
    EXPECT_EQ(memory.error().kind, Error::Kind::over_limit);
  }
}

}  // namespace
}  // namespace faceveil

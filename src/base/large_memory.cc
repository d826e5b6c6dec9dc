#include "base/large_memory.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <string>

namespace faceveil {
namespace {

// x86-64's large page, and the usual one of arm64 with pages of 4 kB.
constexpr size_t large_page_bytes = size_t{2} << 20;

size_t rounded_up(size_t bytes) {
  return (bytes + large_page_bytes - 1) / large_page_bytes * large_page_bytes;
}

}  // namespace

LargeMemory::~LargeMemory() {
  if (data_) munmap(data_, bytes_);
}

Result<LargeMemory> LargeMemory::take(size_t bytes) {
  const size_t wanted = rounded_up(std::max<size_t>(bytes, 1));
  // One page more than wanted, so that a whole page's beginning is among it; the rest goes back.
  const size_t mapped = wanted + large_page_bytes;
  void* all = wanted < bytes ? MAP_FAILED
                             : mmap(nullptr, mapped, PROT_READ | PROT_WRITE,
                                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (all == MAP_FAILED) {
    return fail(Error::Kind::over_limit, "The system has no {0} MB of memory left.",
                {std::to_string(bytes >> 20)});
  }
  const uintptr_t address = reinterpret_cast<uintptr_t>(all);
  const size_t before = rounded_up(address) - address;
  std::byte* data = static_cast<std::byte*>(all) + before;
  if (before > 0) munmap(all, before);
  munmap(data + wanted, large_page_bytes - before);
#if defined(MADV_HUGEPAGE)
  // Only advice: a system that cannot take it hands out small pages.
  madvise(data, wanted, MADV_HUGEPAGE);
#endif
  LargeMemory memory;
  memory.data_ = data;
  memory.bytes_ = wanted;
  return memory;
}

}  // namespace faceveil

#include "media/metadata/spans.h"

#include <algorithm>
#include <limits>

namespace faceveil {

bool is_padding(BytesView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; });
}

void Spans::add(size_t offset, size_t length) {
  if (length == 0) return;
  size_t& end = end_by_start_[offset];
  end = std::max(end, offset + std::min(length, std::numeric_limits<size_t>::max() - offset));
}

void Spans::add(const Spans& others) {
  for (const auto& [start, end] : others.end_by_start_) add(start, end - start);
}

std::vector<BytesView> Spans::gaps(BytesView file) const {
  std::vector<BytesView> gaps;
  size_t reached = 0;
  const auto close = [&](size_t next) {
    if (next <= reached) return;
    const BytesView gap = file.subspan(reached, next - reached);
    if (!is_padding(gap)) gaps.push_back(gap);
  };
  for (const auto& [start, end] : end_by_start_) {
    if (start >= file.size()) break;
    close(start);
    reached = std::max(reached, std::min(end, file.size()));
  }
  close(file.size());
  return gaps;
}

}  // namespace faceveil

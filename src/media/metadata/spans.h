// Which bytes of a file are accounted for.
#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "base/bytes.h"

namespace faceveil {

// Zeros only: padding, which tells nothing.
bool is_padding(BytesView);

class Spans {
 public:
  void add(size_t offset, size_t length);

  void add(const Spans&);

  // The parts of [0, file.size()) that no span covers, in order, without padding.
  std::vector<BytesView> gaps(BytesView file) const;

 private:
  std::map<size_t, size_t> end_by_start_;
};

}  // namespace faceveil

// Several symbols of a JPEG scan at one glance: what a pass over the scan needs to know of them is
// where they end.
#pragma once

#include <vector>

#include "media/jpeg/huffman.h"

namespace faceveil {

class SymbolRuns {
 public:
  static constexpr int glance_bits = 12;

  // The symbols, with their numbers, that stand whole in the next `glance_bits` bits, up to the end
  // of the block.
  struct Run {
    uint8_t bits = 0;    // 0: not one does, or the first is out of the ordinary.
    uint8_t places = 0;  // Of coefficients.
    bool ends = false;   // The last says that the rest of the block is zero.
    uint8_t unused = 0;
  };

  // `reader`: of a table for all coefficients but the first.
  explicit SymbolRuns(const HuffmanReader& reader);

  static size_t glance(uint64_t next) { return next >> (64 - glance_bits); }
  const Run& operator[](size_t glance) const { return runs_[glance]; }

  // Adds the symbols of all glances, so often as each was met.
  void add_counts(const HuffmanReader&, const std::vector<uint32_t>& met, SymbolCounts&) const;

 private:
  std::vector<Run> runs_;
};

}  // namespace faceveil

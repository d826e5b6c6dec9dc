#include "media/jpeg/symbol_runs.h"

#include "media/jpeg/scan_symbols.h"

namespace faceveil {
namespace {

// Calls visit(entry) for the symbols of a run.
template <typename Visit>
void for_each_symbol_at(size_t glance, const HuffmanReader& reader, const Visit& visit) {
  uint64_t next = uint64_t{glance} << (64 - SymbolRuns::glance_bits);
  int bits_left = SymbolRuns::glance_bits;
  size_t places = 0;
  while (bits_left > 0) {
    const HuffmanEntry& entry = reader.entry(next);
    const bool is_plain = entry.symbol == end_of_block || (entry.symbol & 15) != 0;
    if (entry.code_bits == 0 || !is_plain || entry.total_bits > bits_left) return;
    places += (entry.symbol >> 4) + size_t{1};
    if (places >= jpeg_block_values) return;
    visit(entry);
    if (entry.symbol == end_of_block) return;
    next <<= entry.total_bits;
    bits_left -= entry.total_bits;
  }
}

}  // namespace

SymbolRuns::SymbolRuns(const HuffmanReader& reader) : runs_(size_t{1} << glance_bits) {
  for (size_t glance = 0; glance < runs_.size(); ++glance) {
    Run& run = runs_[glance];
    for_each_symbol_at(glance, reader, [&](const HuffmanEntry& entry) {
      run.bits = static_cast<uint8_t>(run.bits + entry.total_bits);
      run.ends = entry.symbol == end_of_block;
      if (!run.ends) run.places = static_cast<uint8_t>(run.places + (entry.symbol >> 4) + 1);
    });
  }
}

void SymbolRuns::add_counts(const HuffmanReader& reader, const std::vector<uint32_t>& met,
                            SymbolCounts& counts) const {
  for (size_t glance = 0; glance < met.size(); ++glance) {
    if (met[glance] == 0) continue;
    for_each_symbol_at(glance, reader,
                       [&](const HuffmanEntry& entry) { counts[entry.symbol] += met[glance]; });
  }
}

}  // namespace faceveil

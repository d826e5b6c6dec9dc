#include "media/jpeg/huffman.h"

#include <algorithm>
#include <numeric>

namespace faceveil {
namespace {

constexpr int code_bits_max = 16;

struct Code {
  uint8_t symbol;
  uint32_t code;
  int bits;
};

// In the order of the table (figures C.1 and C.2); absent where codes run over.
std::optional<std::vector<Code>> codes_of(const JHUFF_TBL& table) {
  std::vector<Code> codes;
  uint32_t code = 0;
  for (int bits = 1; bits <= code_bits_max; ++bits, code <<= 1) {
    for (int i = 0; i < table.bits[bits]; ++i, ++code) {
      if (codes.size() == 256 || code >> bits != 0) return std::nullopt;
      codes.push_back({table.huffval[codes.size()], code, bits});
    }
  }
  return codes;
}

// Merges the two rarest trees until one is left, and counts how many symbols are how deep (figures
// K.1 and K.2). The 257th symbol keeps the code of ones alone free.
std::array<int, 257> depths_of(const SymbolCounts& counts) {
  constexpr size_t place_count = 257;
  std::array<uint64_t, place_count> weight{};
  std::copy(counts.begin(), counts.end(), weight.begin());
  weight.back() = 1;
  std::array<int, place_count> depth{}, next{};
  next.fill(-1);
  // Of equally rare ones the last.
  const auto rarest_but = [&](int other) {
    int found = -1;
    for (int i = 0; i < static_cast<int>(place_count); ++i) {
      const uint64_t own = weight[static_cast<size_t>(i)];
      if (own == 0 || i == other) continue;
      if (found < 0 || own <= weight[static_cast<size_t>(found)]) found = i;
    }
    return found;
  };
  const auto deepen = [&](int tree) {
    for (int i = tree;; i = next[static_cast<size_t>(i)]) {
      ++depth[static_cast<size_t>(i)];
      if (next[static_cast<size_t>(i)] < 0) return i;
    }
  };
  for (;;) {
    const int one = rarest_but(-1), other = rarest_but(one);
    if (other < 0) return depth;
    weight[static_cast<size_t>(one)] += weight[static_cast<size_t>(other)];
    weight[static_cast<size_t>(other)] = 0;
    next[static_cast<size_t>(deepen(one))] = other;
    deepen(other);
  }
}

// No code may be longer than 16 bits (figure K.3): two of the longest make room by sending one up
// to their common beginning and the other below a shorter code.
void shorten(std::vector<int>& count_of_bits) {
  for (size_t bits = count_of_bits.size() - 1; bits > code_bits_max; --bits) {
    while (count_of_bits[bits] > 0) {
      size_t shorter = bits - 2;
      while (count_of_bits[shorter] == 0) --shorter;
      count_of_bits[bits] -= 2;
      ++count_of_bits[bits - 1];
      count_of_bits[shorter + 1] += 2;
      --count_of_bits[shorter];
    }
  }
}

}  // namespace

std::optional<HuffmanReader> HuffmanReader::create(const JHUFF_TBL& table, int number_bits_max) {
  const auto codes = codes_of(table);
  if (!codes) return std::nullopt;
  HuffmanReader reader;
  for (const auto& [symbol, code, bits] : *codes) {
    const auto length = static_cast<size_t>(bits);
    if (reader.code_end_[length] == 0) {
      reader.first_code_[length] = code;
      reader.first_entry_[length] = static_cast<uint32_t>(reader.long_entries_.size());
    }
    reader.code_end_[length] = code + 1;
    const int number_bits = symbol & 15;
    HuffmanEntry entry{symbol, static_cast<uint8_t>(bits),
                       static_cast<uint8_t>(bits + number_bits)};
    if (number_bits > number_bits_max) entry = {};
    reader.long_entries_.push_back(entry);
    if (bits > quick_bits) continue;
    const size_t first = size_t{code} << (quick_bits - bits);
    std::fill_n(reader.quick_.begin() + static_cast<ptrdiff_t>(first), 1 << (quick_bits - bits),
                entry);
  }
  return reader;
}

const HuffmanEntry& HuffmanReader::long_entry(uint64_t next) const {
  for (size_t bits = quick_bits + 1; bits <= code_bits_max; ++bits) {
    const auto code = static_cast<uint32_t>(next >> (64 - bits));
    if (code < code_end_[bits] && code >= first_code_[bits]) {
      return long_entries_[first_entry_[bits] + code - first_code_[bits]];
    }
  }
  return none_;
}

std::optional<HuffmanCodes> huffman_codes(const JHUFF_TBL& table) {
  const auto codes = codes_of(table);
  if (!codes) return std::nullopt;
  HuffmanCodes result;
  for (const auto& [symbol, code, bits] : *codes) {
    result.code[symbol] = static_cast<uint16_t>(code);
    result.bits[symbol] = static_cast<uint8_t>(bits);
  }
  return result;
}

JHUFF_TBL best_huffman_table(const SymbolCounts& counts) {
  const std::array<int, 257> depths = depths_of(counts);
  std::vector<int> count_of_bits(258);
  for (const int depth : depths) ++count_of_bits[static_cast<size_t>(depth)];
  count_of_bits[0] = 0;
  shorten(count_of_bits);
  // The reserved code is one of the longest.
  size_t longest = code_bits_max;
  while (count_of_bits[longest] == 0) --longest;
  --count_of_bits[longest];
  JHUFF_TBL table{};
  for (size_t bits = 1; bits <= code_bits_max; ++bits) {
    table.bits[bits] = static_cast<UINT8>(count_of_bits[bits]);
  }
  // The deeper, the longer the code; equally deep ones in their order.
  std::vector<uint8_t> symbols;
  for (size_t i = 0; i < counts.size(); ++i) {
    if (depths[i] > 0) symbols.push_back(static_cast<uint8_t>(i));
  }
  std::stable_sort(symbols.begin(), symbols.end(),
                   [&](uint8_t a, uint8_t b) { return depths[a] < depths[b]; });
  std::copy(symbols.begin(), symbols.end(), std::begin(table.huffval));
  return table;
}

}  // namespace faceveil

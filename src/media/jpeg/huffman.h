// Huffman tables of JPEG (ITU-T T.81, annex C, annex K.2): to read codes with, to write codes with,
// and the best one for given counts.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

// clang-format off
#include <cstddef>
#include <cstdio>
#include <jpeglib.h>  // Needs the two above it.
// clang-format on

namespace faceveil {

// How often each symbol occurs.
using SymbolCounts = std::array<uint32_t, 256>;

// What the bits say that come next: a symbol, and how many bits follow it that are its number.
struct HuffmanEntry {
  uint8_t symbol = 0;
  uint8_t code_bits = 0;   // 0: no code begins so.
  uint8_t total_bits = 0;  // Code and number; the number has as many as the symbol's low half says.
};

class HuffmanReader {
 public:
  // Absent for a table that cannot be (more codes than there is room for). Symbols whose number
  // would have more than `number_bits_max` bits are no codes of it.
  static std::optional<HuffmanReader> create(const JHUFF_TBL&, int number_bits_max);

  // `next`: the following bits, the first of them highest.
  const HuffmanEntry& entry(uint64_t next) const {
    const HuffmanEntry& quick = quick_[next >> (64 - quick_bits)];
    return quick.code_bits != 0 ? quick : long_entry(next);
  }

 private:
  static constexpr int quick_bits = 10;

  const HuffmanEntry& long_entry(uint64_t next) const;

  std::vector<HuffmanEntry> quick_ = std::vector<HuffmanEntry>(size_t{1} << quick_bits);
  std::vector<HuffmanEntry> long_entries_;  // In the order of their codes.
  std::array<uint32_t, 18> first_code_ = {}, code_end_ = {}, first_entry_ = {};  // By length.
  HuffmanEntry none_;
};

// A code a symbol; length 0: the table has none for it.
struct HuffmanCodes {
  std::array<uint16_t, 256> code = {};
  std::array<uint8_t, 256> bits = {};
};

// Absent as above.
std::optional<HuffmanCodes> huffman_codes(const JHUFF_TBL&);

// The table with which symbols that occur so often take the fewest bits, no code longer than 16 or
// of ones alone (K.2).
JHUFF_TBL best_huffman_table(const SymbolCounts&);

}  // namespace faceveil

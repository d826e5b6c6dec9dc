// Writing, and comparing: by bits where they are the same, by symbols where the codes are others,
// by coefficients where something changed.
#include <algorithm>

#include "media/jpeg/baseline_scan.h"
#include "media/jpeg/coded_bits.h"
#include "media/jpeg/scan_symbols.h"
#include "media/still/jpeg_segments.h"
#include "media/still/numbers.h"

namespace faceveil {
namespace {

bool same_codes(const JHUFF_TBL& a, const JHUFF_TBL& b) {
  return std::equal(std::begin(a.bits) + 1, std::end(a.bits), b.bits + 1) &&
         std::equal(std::begin(a.huffval), std::end(a.huffval), b.huffval);
}

void append_restart_marker(Bytes& to, size_t interval) {
  append_big(to, 0xff00u | (jpeg_marker::rst0 + interval % 8), 2);
}

}  // namespace

// MCUs one after the other that are written alike, within one interval.
struct BaselineScan::Piece {
  size_t first = 0, last = 0;  // Both are part of it.
  bool anew = false;           // Coded from coefficients; one MCU.
  DcValues dc_before = {};     // Of the output.
};

uint64_t BaselineScan::end_of(size_t mcu) const {
  const size_t next = mcu + 1;
  if (next < begin_.size() && !starts_interval(next)) return begin_[next];
  return end_[layout_.restart_interval > 0 ? mcu / layout_.restart_interval : 0];
}

// The coefficients of an MCU as they are to be written.
McuValues BaselineScan::output_values(size_t mcu) const {
  if (slot_[mcu] < 0) return values_as_read(mcu);
  McuValues values;
  const size_t first = static_cast<size_t>(slot_[mcu]) * layout_.blocks.size();
  for (size_t i = 0; i < layout_.blocks.size(); ++i) values[i] = loaded_[first + i];
  return filled_up(mcu, values);
}

McuValues BaselineScan::values_as_read(size_t mcu) const {
  McuValues values;
  decode(mcu, values);
  return filled_up(mcu, values);
}

// Blocks that lie beyond the picture are empty, and as bright as the block before them.
McuValues BaselineScan::filled_up(size_t mcu, McuValues values) const {
  if (!fills_up(mcu)) return values;
  const auto mcu_x = static_cast<int>(mcu % static_cast<size_t>(layout_.mcu_count.width));
  const auto mcu_y = static_cast<int>(mcu / static_cast<size_t>(layout_.mcu_count.width));
  for (size_t i = 1; i < layout_.blocks.size(); ++i) {
    const ScanLayout::Block& block = layout_.blocks[i];
    const JpegComponent& component = layout_.components[block.component];
    const bool real = mcu_x * component.mcu_blocks_across + block.x < component.blocks.width &&
                      mcu_y * component.mcu_blocks_down + block.y < component.blocks.height;
    if (real) continue;
    values[i] = {};
    values[i][0] = values[i - 1][0];
  }
  return values;
}

BaselineScan::DcValues BaselineScan::last_dc(const McuValues& values) const {
  DcValues dc = {};
  for (size_t i = 0; i < layout_.blocks.size(); ++i) {
    dc[layout_.blocks[i].component] = values[i][0];
  }
  return dc;
}

// An MCU's first coefficients are coded as differences from the MCU before it: where that one is
// another now, it has to be coded anew though none of its own coefficients is.
std::vector<BaselineScan::Piece> BaselineScan::pieces() const {
  std::vector<Piece> pieces;
  DcValues dc = {};
  for (size_t mcu = 0; mcu < begin_.size(); ++mcu) {
    const bool starts = starts_interval(mcu);
    if (starts) dc = {};
    const bool anew = is_changed(mcu) || fills_up(mcu) || dc != dc_before_[mcu];
    if (!anew && !starts && !pieces.back().anew) {
      pieces.back().last = mcu;
    } else {
      pieces.push_back({mcu, mcu, anew, dc});
    }
    if (anew) {
      dc = last_dc(output_values(mcu));
    } else if (mcu + 1 < begin_.size()) {
      dc = dc_before_[mcu + 1];
    }
  }
  return pieces;
}

// Calls the visitors of for_each_symbol with the component in front.
template <typename VisitDc, typename VisitAc>
bool BaselineScan::visit_mcu(const McuValues& values, DcValues dc, const VisitDc& visit_dc,
                             const VisitAc& visit_ac) const {
  for (size_t i = 0; i < layout_.blocks.size(); ++i) {
    const size_t component = layout_.blocks[i].component;
    const bool fits = for_each_symbol(
        values[i], dc[component],
        [&](uint8_t symbol, int number) { visit_dc(component, symbol, number); },
        [&](uint8_t symbol, int number) { visit_ac(component, symbol, number); });
    if (!fits) return false;
    dc[component] = values[i][0];
  }
  return true;
}

BaselineScan::Counts BaselineScan::counts() const {
  Counts counts = counts_;
  const auto count = [&](const McuValues& values, const DcValues& dc, uint32_t change) {
    visit_mcu(
        values, dc,
        [&](size_t component, uint8_t symbol, int) { counts.dc[component][symbol] += change; },
        [&](size_t component, uint8_t symbol, int) { counts.ac[component][symbol] += change; });
  };
  for (const Piece& piece : pieces()) {
    if (!piece.anew) continue;
    McuValues before;
    decode(piece.first, before);
    count(before, dc_before_[piece.first], ~uint32_t{0});  // Takes one away.
    count(output_values(piece.first), piece.dc_before, 1);
  }
  return counts;
}

// Writes pieces under one set of codes, behind what `file` holds.
class ScanWriter {
 public:
  ScanWriter(const BaselineScan& scan, const BaselineScan::Coding& coding, Bytes& file)
      : scan_(scan), file_(file), bits_(file) {
    for (size_t i = 0; i < scan.layout_.components.size(); ++i) {
      dc_codes_[i] = huffman_codes(coding.dc[i]).value_or(HuffmanCodes());
      ac_codes_[i] = huffman_codes(coding.ac[i]).value_or(HuffmanCodes());
    }
    copies_bits_ = std::ranges::all_of(scan.layout_.blocks, [&](const ScanLayout::Block& block) {
      return same_codes(scan.dc_tables_[block.dc_table], coding.dc[block.component]) &&
             same_codes(scan.ac_tables_[block.ac_table], coding.ac[block.component]);
    });
  }

  // False where a coefficient does not fit.
  bool write(const std::vector<BaselineScan::Piece>& pieces) {
    size_t interval = 0;
    for (const BaselineScan::Piece& piece : pieces) {
      if (piece.first > 0 && scan_.starts_interval(piece.first)) {
        bits_.finish();
        append_restart_marker(file_, interval++);
      }
      write_piece(piece);
    }
    bits_.finish();
    return fits_;
  }

 private:
  void write_piece(const BaselineScan::Piece& piece) {
    if (piece.anew) {
      write_anew(piece);
    } else if (copies_bits_) {
      bits_.copy(scan_.bits_, scan_.begin_[piece.first], scan_.end_of(piece.last));
    } else {
      translate(piece);
    }
  }

  // Only ever a code that the table has: it was made for these counts, or has all.
  void put(const HuffmanCodes& codes, uint8_t symbol, uint32_t number, int number_bits) {
    const int code_bits = codes.bits[symbol];
    fits_ = fits_ && code_bits > 0;
    bits_.put(uint64_t{codes.code[symbol]} << number_bits | number, code_bits + number_bits);
  }

  void write_anew(const BaselineScan::Piece& piece) {
    const auto put_number = [&](const HuffmanCodes& codes, uint8_t symbol, int number) {
      const int length = symbol & 15;
      put(codes, symbol, number_bits(number, length), length);
    };
    const bool fits = scan_.visit_mcu(
        scan_.output_values(piece.first), piece.dc_before,
        [&](size_t component, uint8_t symbol, int number) {
          put_number(dc_codes_[component], symbol, number);
        },
        [&](size_t component, uint8_t symbol, int number) {
          put_number(ac_codes_[component], symbol, number);
        });
    fits_ = fits_ && fits;
  }

  void translate(const BaselineScan::Piece& piece) {
    BitCursor cursor(scan_.bits_, scan_.begin_[piece.first]);
    const uint64_t end = scan_.end_of(piece.last);
    while (cursor.bit() < end) {
      for (const ScanLayout::Block& block : scan_.layout_.blocks) {
        translate_one(*scan_.dc_readers_[block.dc_table], dc_codes_[block.component], cursor);
        translate_ac(*scan_.ac_readers_[block.ac_table], ac_codes_[block.component], cursor);
      }
    }
  }

  // The number's bits stay as they are.
  const HuffmanEntry& translate_one(const HuffmanReader& reader, const HuffmanCodes& codes,
                                    BitCursor& cursor) {
    const uint64_t next = cursor.next();
    const HuffmanEntry& entry = reader.entry(next);
    const int length = entry.symbol & 15;
    const uint64_t number = length == 0 ? 0 : next << entry.code_bits >> (64 - length);
    put(codes, entry.symbol, static_cast<uint32_t>(number), length);
    cursor.skip(entry.total_bits);
    return entry;
  }

  void translate_ac(const HuffmanReader& reader, const HuffmanCodes& codes, BitCursor& from) {
    BitCursor cursor = from;
    for (size_t place = 1; place < jpeg_block_values;) {
      const uint8_t symbol = translate_one(reader, codes, cursor).symbol;
      if (symbol == end_of_block) break;
      place += (symbol >> 4) + size_t{1};
    }
    from = cursor;
  }

  const BaselineScan& scan_;
  Bytes& file_;
  BitWriter bits_;
  std::array<HuffmanCodes, scan_components_max> dc_codes_, ac_codes_;  // By component.
  bool copies_bits_ = false;
  bool fits_ = true;
};

bool BaselineScan::write(const Coding& coding, Bytes& file) const {
  return ScanWriter(*this, coding, file).write(pieces());
}

bool BaselineScan::has_same_tables(const BaselineScan& other) const {
  for (size_t i = 0; i < layout_.blocks.size(); ++i) {
    const ScanLayout::Block &one = layout_.blocks[i], &twin = other.layout_.blocks[i];
    if (!same_codes(dc_tables_[one.dc_table], other.dc_tables_[twin.dc_table]) ||
        !same_codes(ac_tables_[one.ac_table], other.ac_tables_[twin.ac_table])) {
      return false;
    }
  }
  return true;
}

bool BaselineScan::has_same_bits(const BaselineScan& other, size_t mcu) const {
  BitCursor one(bits_, begin_[mcu]), twin(other.bits_, other.begin_[mcu]);
  const uint64_t end = end_of(mcu);
  if (end - one.bit() != other.end_of(mcu) - twin.bit()) return false;
  for (; one.bit() + 56 <= end; one.skip(56), twin.skip(56)) {
    if (one.next() >> 8 != twin.next() >> 8) return false;
  }
  const int rest = static_cast<int>(end - one.bit());
  return rest == 0 || one.next() >> (64 - rest) == twin.next() >> (64 - rest);
}

bool BaselineScan::has_same_mcu(const BaselineScan& other, size_t mcu, bool same_tables) const {
  if (slot_[mcu] < 0 && same_tables && dc_before_[mcu] == other.dc_before_[mcu] &&
      has_same_bits(other, mcu)) {
    return true;
  }
  const McuValues one = output_values(mcu), twin = other.values_as_read(mcu);
  const auto count = static_cast<ptrdiff_t>(layout_.blocks.size());
  return std::equal(one.begin(), one.begin() + count, twin.begin());
}

size_t BaselineScan::different_mcus(const BaselineScan& other,
                                    const std::vector<bool>& passed_over) const {
  const bool same_tables = has_same_tables(other);
  size_t different = 0;
  for (size_t mcu = 0; mcu < begin_.size(); ++mcu) {
    different += !passed_over[mcu] && !has_same_mcu(other, mcu, same_tables);
  }
  return different;
}

}  // namespace faceveil

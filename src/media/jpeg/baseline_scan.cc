// Reading: the index, and coefficients where they are asked for.
#include "media/jpeg/baseline_scan.h"

#include <algorithm>

#include "base/check.h"
#include "media/jpeg/coded_bits.h"
#include "media/jpeg/scan_symbols.h"
#include "media/jpeg/symbol_runs.h"
#include "media/still/jpeg_segments.h"

namespace faceveil {
namespace {

// A wrong code may lead the reader so far beyond the end of an MCU, and not farther.
constexpr size_t bytes_behind = size_t{mcu_blocks_max} * jpeg_block_values * 4 + 8;

constexpr int dc_bits_max = 11, ac_bits_max = 10;  // Of 8-bit files (tables F.1 and F.2).

// The bytes of each interval, one after the other, without stuffing.
struct Unstuffed {
  Bytes bytes;
  std::vector<uint64_t> begin, end;  // In bytes.
};

// Absent where anything but restart markers in their order and EOI stands in the data.
std::optional<Unstuffed> unstuffed(BytesView coded) {
  Unstuffed result;
  result.bytes.reserve(coded.size() + bytes_behind);
  result.begin.push_back(0);
  for (size_t at = 0;;) {
    if (at >= coded.size()) return std::nullopt;
    const void* const found = std::memchr(coded.data() + at, 0xff, coded.size() - at);
    if (!found) return std::nullopt;
    const auto marker_at = static_cast<size_t>(static_cast<const std::byte*>(found) - coded.data());
    if (marker_at + 1 == coded.size()) return std::nullopt;
    const auto marker = std::to_integer<uint8_t>(coded[marker_at + 1]);
    const BytesView piece = coded.subspan(at, marker_at - at + (marker == 0 ? 1 : 0));
    result.bytes.insert(result.bytes.end(), piece.begin(), piece.end());
    at = marker_at + 2;
    if (marker == 0) continue;
    result.end.push_back(result.bytes.size());
    if (marker == jpeg_marker::eoi) break;
    if (marker != jpeg_marker::rst0 + (result.end.size() - 1) % 8) return std::nullopt;
    result.begin.push_back(result.bytes.size());
  }
  result.bytes.resize(result.bytes.size() + bytes_behind);
  return result;
}

bool has_only_dc_symbols(const JHUFF_TBL& table) {
  int count = 0;
  for (int bits = 1; bits <= 16; ++bits) count += table.bits[bits];
  return count <= 256 && std::all_of(table.huffval, table.huffval + count,
                                     [](UINT8 symbol) { return symbol <= dc_bits_max; });
}

}  // namespace

// Goes through the whole scan once.
template <bool counting>
class ScanReader {
 public:
  explicit ScanReader(BaselineScan& scan) : scan_(scan), cursor_(scan.bits_, 0) {
    for (const ScanLayout::Block& block : scan.layout_.blocks) {
      std::optional<SymbolRuns>& runs = runs_[block.ac_table];
      if (!runs) runs.emplace(*scan.ac_readers_[block.ac_table]);
      if (counting) met_[block.component].resize(size_t{1} << SymbolRuns::glance_bits);
    }
  }

  bool read(const Unstuffed& data) {
    const size_t count = scan_.layout_.mcus();
    scan_.begin_.reserve(count);
    scan_.dc_before_.reserve(count);
    size_t interval = 0;
    for (size_t mcu = 0; mcu < count; ++mcu) {
      if (scan_.starts_interval(mcu) && !start(data, interval++)) return false;
      scan_.begin_.push_back(cursor_.bit());
      scan_.dc_before_.push_back(dc_);
      if (!read_mcu()) return false;
    }
    add_counts();
    return interval == data.begin.size() && finish(data, interval - 1);
  }

 private:
  bool start(const Unstuffed& data, size_t interval) {
    if (interval >= data.begin.size()) return false;
    if (interval > 0 && !finish(data, interval - 1)) return false;
    cursor_ = BitCursor(scan_.bits_, 8 * data.begin[interval]);
    dc_ = {};
    return true;
  }

  // Nothing but the filling of the last byte may be left.
  bool finish(const Unstuffed& data, size_t interval) {
    const uint64_t end = 8 * data.end[interval];
    scan_.end_.push_back(cursor_.bit());
    return cursor_.bit() <= end && end - cursor_.bit() < 8;
  }

  bool read_mcu() {
    for (const ScanLayout::Block& block : scan_.layout_.blocks) {
      if (!read_dc(block) || !pass_ac(block)) return false;
    }
    return true;
  }

  bool read_dc(const ScanLayout::Block& block) {
    const uint64_t next = cursor_.next();
    const HuffmanEntry& entry = scan_.dc_readers_[block.dc_table]->entry(next);
    if (entry.code_bits == 0) return false;
    cursor_.skip(entry.total_bits);
    if constexpr (counting) ++scan_.counts_.dc[block.component][entry.symbol];
    const int value = dc_[block.component] + number_of(next << entry.code_bits, entry.symbol);
    dc_[block.component] = static_cast<int16_t>(value);
    return value >= dc_least && value <= dc_most;
  }

  // Moves behind the codes of a block. False for damage, and for zeros said twice.
  bool pass_ac(const ScanLayout::Block& block) {
    const SymbolRuns& runs = *runs_[block.ac_table];
    BitCursor cursor = cursor_;  // In registers.
    size_t place = 1;
    bool after_zeros = false;
    while (place < jpeg_block_values) {
      uint64_t next = cursor.next();
      // There are bits enough for so many glances.
      for (int i = 0; i < 4; ++i) {
        const size_t glance = SymbolRuns::glance(next);
        const SymbolRuns::Run run = runs[glance];
        if (run.bits == 0 || place + run.places >= jpeg_block_values) {
          if (!pass_one(block, cursor, place, after_zeros)) return false;
          break;
        }
        if constexpr (counting) ++met_[block.component][glance];
        cursor.skip(run.bits);
        next <<= run.bits;
        place += run.places;
        if (run.ends) {
          cursor_ = cursor;
          return !(after_zeros && run.places == 0);
        }
        after_zeros = false;
      }
    }
    cursor_ = cursor;
    return !after_zeros;
  }

  // One symbol: a long one, or one at the block's end.
  bool pass_one(const ScanLayout::Block& block, BitCursor& cursor, size_t& place,
                bool& after_zeros) {
    const HuffmanEntry& entry = scan_.ac_readers_[block.ac_table]->entry(cursor.next());
    if (entry.code_bits == 0) return false;
    cursor.skip(entry.total_bits);
    if constexpr (counting) ++scan_.counts_.ac[block.component][entry.symbol];
    if (entry.symbol == end_of_block) {
      if (after_zeros) return false;
      place = block_is_over;
      return true;
    }
    after_zeros = entry.symbol == sixteen_zeros;
    if (!after_zeros && (entry.symbol & 15) == 0) return false;
    place += (entry.symbol >> 4) + size_t{1};
    return place <= jpeg_block_values;
  }

  void add_counts() {
    for (const ScanLayout::Block& block : scan_.layout_.blocks) {
      std::vector<uint32_t>& met = met_[block.component];
      runs_[block.ac_table]->add_counts(*scan_.ac_readers_[block.ac_table], met,
                                        scan_.counts_.ac[block.component]);
      met.clear();  // Once a component.
    }
  }

  static constexpr size_t block_is_over = jpeg_block_values;

  BaselineScan& scan_;
  BitCursor cursor_;
  BaselineScan::DcValues dc_ = {};
  std::array<std::optional<SymbolRuns>, NUM_HUFF_TBLS> runs_;
  std::array<std::vector<uint32_t>, scan_components_max> met_;  // By glance.
};

std::optional<BaselineScan> BaselineScan::read(BytesView coded, ScanLayout layout,
                                               const ScanTables& tables, bool counting) {
  std::optional<Unstuffed> data = unstuffed(coded);
  if (!data) return std::nullopt;
  BaselineScan scan;
  for (const ScanLayout::Block& block : layout.blocks) {
    const JHUFF_TBL* const dc = tables.dc[block.dc_table];
    const JHUFF_TBL* const ac = tables.ac[block.ac_table];
    if (!dc || !ac || !has_only_dc_symbols(*dc)) return std::nullopt;
    scan.dc_tables_[block.dc_table] = *dc;
    scan.ac_tables_[block.ac_table] = *ac;
    scan.dc_readers_[block.dc_table] = HuffmanReader::create(*dc, dc_bits_max);
    scan.ac_readers_[block.ac_table] = HuffmanReader::create(*ac, ac_bits_max);
    if (!scan.dc_readers_[block.dc_table] || !scan.ac_readers_[block.ac_table]) {
      return std::nullopt;
    }
  }
  scan.layout_ = std::move(layout);
  scan.bits_ = std::move(data->bytes);
  const bool done =
      counting ? ScanReader<true>(scan).read(*data) : ScanReader<false>(scan).read(*data);
  if (!done) return std::nullopt;
  scan.slot_.assign(scan.layout_.mcus(), -1);
  return scan;
}

bool BaselineScan::fills_up(size_t mcu) const {
  const auto x = static_cast<int>(mcu % static_cast<size_t>(layout_.mcu_count.width));
  const auto y = static_cast<int>(mcu / static_cast<size_t>(layout_.mcu_count.width));
  if (x + 1 < layout_.mcu_count.width && y + 1 < layout_.mcu_count.height) return false;
  return std::ranges::any_of(layout_.components, [&](const JpegComponent& component) {
    return (x + 1) * component.mcu_blocks_across > component.blocks.width ||
           (y + 1) * component.mcu_blocks_down > component.blocks.height;
  });
}

// The MCU, and which of its blocks.
std::pair<size_t, size_t> BaselineScan::place_of(size_t component, int x, int y) const {
  const JpegComponent& part = layout_.components[component];
  const int mcu = y / part.mcu_blocks_down * layout_.mcu_count.width + x / part.mcu_blocks_across;
  const int inside = y % part.mcu_blocks_down * part.mcu_blocks_across + x % part.mcu_blocks_across;
  return {static_cast<size_t>(mcu), layout_.first_block[component] + static_cast<size_t>(inside)};
}

void BaselineScan::decode(size_t mcu, McuValues& values) const {
  BitCursor cursor(bits_, begin_[mcu]);
  DcValues dc = dc_before_[mcu];
  for (size_t i = 0; i < layout_.blocks.size(); ++i) {
    const ScanLayout::Block& block = layout_.blocks[i];
    values[i] = {};
    uint64_t next = cursor.next();
    const HuffmanEntry& first = dc_readers_[block.dc_table]->entry(next);
    cursor.skip(first.total_bits);
    const int sum = dc[block.component] + number_of(next << first.code_bits, first.symbol);
    values[i][0] = dc[block.component] = static_cast<int16_t>(sum);
    for (size_t place = 1; place < jpeg_block_values; ++place) {
      next = cursor.next();
      const HuffmanEntry& entry = ac_readers_[block.ac_table]->entry(next);
      cursor.skip(entry.total_bits);
      if (entry.symbol == end_of_block) break;
      place += entry.symbol >> 4;
      if (entry.symbol == sixteen_zeros) continue;
      values[i][row_order[place]] =
          static_cast<int16_t>(number_of(next << entry.code_bits, entry.symbol & 15));
    }
  }
}

size_t BaselineScan::slot_of(size_t mcu) {
  if (slot_[mcu] < 0) {
    slot_[mcu] = static_cast<int32_t>(changed_.size());
    changed_.push_back(false);
    McuValues values;
    decode(mcu, values);
    loaded_.insert(loaded_.end(), values.begin(),
                   values.begin() + static_cast<ptrdiff_t>(layout_.blocks.size()));
  }
  return static_cast<size_t>(slot_[mcu]);
}

const BlockValues& BaselineScan::block(size_t component, int x, int y) {
  const auto [mcu, inside] = place_of(component, x, y);
  return loaded_[slot_of(mcu) * layout_.blocks.size() + inside];
}

BlockValues& BaselineScan::changing_block(size_t component, int x, int y) {
  const auto [mcu, inside] = place_of(component, x, y);
  const size_t slot = slot_of(mcu);
  changed_[slot] = true;
  return loaded_[slot * layout_.blocks.size() + inside];
}

}  // namespace faceveil

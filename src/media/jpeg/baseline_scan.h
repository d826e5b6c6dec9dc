// The one scan of a baseline JPEG file, with Huffman codes (ITU-T T.81, annex F), without decoding
// it to arrays: an index of where each MCU begins. MCUs that nobody changes are written by copying
// their bits, or their symbols under other codes; only what is looked at becomes coefficients.
//
// Only files whose every code is the shortest way to say what it says are taken, and only the same
// bytes come out as libjpeg would write for the same coefficients: what is unusual is left to it.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "media/jpeg/huffman.h"
#include "media/jpeg_picture.h"

namespace faceveil {

inline constexpr int mcu_blocks_max = C_MAX_BLOCKS_IN_MCU;
inline constexpr int scan_components_max = 3;
using BlockValues = std::array<int16_t, jpeg_block_values>;  // Row by row.
// The blocks of an MCU, component after component, row by row.
using McuValues = std::array<BlockValues, mcu_blocks_max>;

// How MCUs lie in the scan.
struct ScanLayout {
  struct Block {
    uint8_t component, dc_table, ac_table;  // Tables by their number in the file.
    uint8_t x, y;                           // In the component's part of the MCU.
  };
  std::vector<Block> blocks;        // Of one MCU.
  std::vector<size_t> first_block;  // Of each component.
  std::vector<JpegComponent> components;
  Size mcu_count;
  size_t restart_interval = 0;  // In MCUs; 0: none.

  size_t mcus() const {
    return static_cast<size_t>(mcu_count.width) * static_cast<size_t>(mcu_count.height);
  }
};

struct ScanTables {
  std::array<const JHUFF_TBL*, NUM_HUFF_TBLS> dc = {}, ac = {};
};

class BaselineScan {
 public:
  // `coded`: what stands behind the header of the scan, up to the end of the file. Absent where
  // anything is damaged or unusual, or anything but the picture's end follows.
  // `counting`: counts() will be asked for.
  static std::optional<BaselineScan> read(BytesView coded, ScanLayout, const ScanTables&,
                                          bool counting);

  const ScanLayout& layout() const { return layout_; }

  // The coefficients of a block, and to change them.
  const BlockValues& block(size_t component, int x, int y);
  BlockValues& changing_block(size_t component, int x, int y);

  // How many MCUs are not coefficient by coefficient what the other's, of the same layout, were
  // when it was read.
  size_t different_mcus(const BaselineScan& other, const std::vector<bool>& passed_over) const;

  // The tables of each component.
  struct Coding {
    std::array<JHUFF_TBL, scan_components_max> dc = {}, ac = {};
  };

  // How often each symbol is going to be written, by component.
  struct Counts {
    std::array<SymbolCounts, scan_components_max> dc = {}, ac = {};
  };
  Counts counts() const;

  // Adds the coded data to `file`, with restart markers, without EOI. False where a coefficient was
  // set that 8-bit files may not hold.
  bool write(const Coding&, Bytes& file) const;

 private:
  template <bool counting>
  friend class ScanReader;
  friend class ScanWriter;
  using DcValues = std::array<int16_t, scan_components_max + 1>;  // Eight bytes: quickly compared.
  struct Piece;
  bool starts_interval(size_t mcu) const {
    return mcu == 0 || (layout_.restart_interval > 0 && mcu % layout_.restart_interval == 0);
  }
  uint64_t end_of(size_t mcu) const;
  bool fills_up(size_t mcu) const;  // Whether blocks of it lie beyond the picture.
  std::pair<size_t, size_t> place_of(size_t component, int x, int y) const;
  void decode(size_t mcu, McuValues&) const;
  size_t slot_of(size_t mcu);  // Decodes the MCU at the first time.
  bool is_changed(size_t mcu) const {
    return slot_[mcu] >= 0 && changed_[static_cast<size_t>(slot_[mcu])];
  }
  McuValues output_values(size_t mcu) const;
  McuValues values_as_read(size_t mcu) const;
  McuValues filled_up(size_t mcu, McuValues) const;
  DcValues last_dc(const McuValues&) const;
  std::vector<Piece> pieces() const;
  template <typename VisitDc, typename VisitAc>
  bool visit_mcu(const McuValues&, DcValues, const VisitDc&, const VisitAc&) const;
  bool has_same_tables(const BaselineScan& other) const;
  bool has_same_bits(const BaselineScan& other, size_t mcu) const;
  bool has_same_mcu(const BaselineScan& other, size_t mcu, bool same_tables) const;

  ScanLayout layout_;
  std::array<JHUFF_TBL, NUM_HUFF_TBLS> dc_tables_ = {}, ac_tables_ = {};
  std::array<std::optional<HuffmanReader>, NUM_HUFF_TBLS> dc_readers_, ac_readers_;
  Bytes bits_;                       // Without stuffed zeros and restart markers.
  std::vector<uint64_t> begin_;      // The first bit of each MCU.
  std::vector<uint64_t> end_;        // Behind the last bit of each interval's last MCU.
  std::vector<DcValues> dc_before_;  // What the first differences of an MCU are from.
  std::vector<int32_t> slot_;        // Of each MCU; -1: none.
  std::deque<BlockValues> loaded_;   // Of MCUs that somebody looked at, a slot after the other.
  std::vector<bool> changed_;        // By slot.
  Counts counts_;                    // Of the scan as it was read.
};

}  // namespace faceveil

// The units that H.264 pictures are coded in (ITU-T H.264, 7.3.1 and annex B; ISO/IEC 14496-15 for
// those with lengths before them).
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <vector>

namespace faceveil::h264 {

using Unit = std::span<const uint8_t>;  // From its header byte on; never empty.

enum class UnitType : uint8_t {
  slice = 1,
  key_slice = 5,  // Of an IDR picture.
  remarks = 6,    // SEI: times, captions, names of programs.
  sequence_set = 7,
  picture_set = 8,
  delimiter = 9,
  filler = 12
};

UnitType type_of(Unit);

// How the units of a stream are told apart.
struct Framing {
  int length_bytes = 0;  // 0: start codes.
};

// Borrowed from `packet`. Absent where it does not hold whole units.
std::optional<std::vector<Unit>> units_of(std::span<const uint8_t> packet, Framing);

// With a start code before it.
void append_unit(std::vector<uint8_t>& stream, Unit);

// What a stream's pictures refer to: sequence and picture parameter sets.
struct ParameterSets {
  Framing framing;  // Of the packets.
  std::vector<std::vector<uint8_t>> units;
  std::set<uint32_t> numbers;  // That any of them bears.

  bool hold(Unit) const;
  int64_t sequence_count() const;
  // The first number that none of them bears; absent where all 32 are taken.
  std::optional<uint32_t> free_number() const;
};

// From what a container says before the packets. Absent where that cannot be read.
std::optional<ParameterSets> parameter_sets(std::span<const uint8_t> extradata);

}  // namespace faceveil::h264

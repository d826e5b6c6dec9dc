#include "media/video/h264_units.h"

#include <algorithm>
#include <array>

namespace faceveil::h264 {
namespace {

constexpr std::array<uint8_t, 4> start_code = {0, 0, 0, 1};

// The place behind the next start code of three bytes, else the end.
size_t behind_start_code(std::span<const uint8_t> bytes, size_t from) {
  for (size_t i = from; i + 3 <= bytes.size(); ++i) {
    if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1) return i + 3;
  }
  return bytes.size();
}

std::optional<std::vector<Unit>> between_start_codes(std::span<const uint8_t> packet) {
  std::vector<Unit> units;
  size_t begin = behind_start_code(packet, 0);
  while (begin < packet.size()) {
    const size_t next = behind_start_code(packet, begin);
    size_t end = next < packet.size() ? next - 3 : packet.size();
    while (end > begin && packet[end - 1] == 0) --end;  // A unit never ends with zeros.
    if (end == begin) return std::nullopt;
    units.push_back(packet.subspan(begin, end - begin));
    begin = next;
  }
  return units;
}

std::optional<std::vector<Unit>> behind_lengths(std::span<const uint8_t> packet, size_t bytes) {
  std::vector<Unit> units;
  while (!packet.empty()) {
    if (packet.size() < bytes) return std::nullopt;
    size_t length = 0;
    for (size_t i = 0; i < bytes; ++i) length = length << 8 | packet[i];
    packet = packet.subspan(bytes);
    if (length == 0 || length > packet.size()) return std::nullopt;
    units.push_back(packet.first(length));
    packet = packet.subspan(length);
  }
  return units;
}

// Exp-Golomb numbers (9.1) of a unit's first bytes. Emulation prevention does not reach there: what
// is read is shorter than two zero bytes allow, or the number is too large anyway.
class Bits {
 public:
  explicit Bits(Unit bytes) : bytes_(bytes) {}

  std::optional<uint32_t> number() {
    int zeros = 0;
    while (next() == 0 && ++zeros <= 16) {
    }
    if (zeros > 16 || at_ > bytes_.size() * 8) return std::nullopt;
    uint32_t value = 1;
    for (int i = 0; i < zeros; ++i) value = value << 1 | next();
    if (at_ > bytes_.size() * 8) return std::nullopt;
    return value - 1;
  }

 private:
  uint32_t next() {
    const size_t at = at_++;
    return at / 8 < bytes_.size() ? bytes_[at / 8] >> (7 - at % 8) & 1U : 1U;
  }

  Unit bytes_;
  size_t at_ = 0;
};

// A sequence set's number stands behind profile, constraints and level (7.3.2.1.1), a picture set's
// at once, with that of its sequence set (7.3.2.2).
bool add(ParameterSets& sets, Unit unit) {
  const bool is_sequence = type_of(unit) == UnitType::sequence_set;
  if (!is_sequence && type_of(unit) != UnitType::picture_set) return false;
  const size_t before = is_sequence ? 4 : 1;
  if (unit.size() <= before) return false;
  Bits bits(unit.subspan(before));
  const std::optional<uint32_t> number = bits.number();
  if (!number) return false;
  sets.numbers.insert(*number);
  sets.units.emplace_back(unit.begin(), unit.end());
  return true;
}

// AVCDecoderConfigurationRecord (14496-15, 5.3.3.1).
std::optional<ParameterSets> from_record(std::span<const uint8_t> record) {
  ParameterSets sets;
  if (record.size() < 7) return std::nullopt;
  sets.framing.length_bytes = (record[4] & 3) + 1;
  size_t at = 5;
  for (const int mask : {31, 255}) {
    if (at >= record.size()) return std::nullopt;
    for (int left = record[at++] & mask; left > 0; --left) {
      if (at + 2 > record.size()) return std::nullopt;
      const size_t length = static_cast<size_t>(record[at]) << 8 | record[at + 1];
      at += 2;
      if (length == 0 || at + length > record.size()) return std::nullopt;
      if (!add(sets, record.subspan(at, length))) return std::nullopt;
      at += length;
    }
  }
  return sets;
}

std::optional<ParameterSets> from_stream(std::span<const uint8_t> stream) {
  const std::optional<std::vector<Unit>> units = between_start_codes(stream);
  if (!units) return std::nullopt;
  ParameterSets sets;
  for (const Unit unit : *units) {
    if (type_of(unit) != UnitType::remarks && !add(sets, unit)) return std::nullopt;
  }
  return sets;
}

}  // namespace

UnitType type_of(Unit unit) { return static_cast<UnitType>(unit[0] & 31); }

std::optional<std::vector<Unit>> units_of(std::span<const uint8_t> packet, Framing framing) {
  return framing.length_bytes > 0
             ? behind_lengths(packet, static_cast<size_t>(framing.length_bytes))
             : between_start_codes(packet);
}

void append_unit(std::vector<uint8_t>& stream, Unit unit) {
  stream.insert(stream.end(), start_code.begin(), start_code.end());
  stream.insert(stream.end(), unit.begin(), unit.end());
}

bool ParameterSets::hold(Unit unit) const {
  return std::ranges::any_of(units, [&](const auto& own) { return std::ranges::equal(own, unit); });
}

int64_t ParameterSets::sequence_count() const {
  return std::ranges::count_if(
      units, [](const auto& unit) { return type_of(unit) == UnitType::sequence_set; });
}

std::optional<uint32_t> ParameterSets::free_number() const {
  for (uint32_t number = 0; number < 32; ++number) {
    if (!numbers.contains(number)) return number;
  }
  return std::nullopt;
}

std::optional<ParameterSets> parameter_sets(std::span<const uint8_t> extradata) {
  std::optional<ParameterSets> sets =
      !extradata.empty() && extradata[0] == 1 ? from_record(extradata) : from_stream(extradata);
  if (sets && sets->units.empty()) sets.reset();
  return sets;
}

}  // namespace faceveil::h264

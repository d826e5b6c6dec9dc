#include "app/server/jobs/zip_writer.h"

#include <zlib.h>

#include <algorithm>

#include "base/check.h"

namespace faceveil {
namespace {

constexpr uint32_t too_big = 0xffff'ffff;  // Stands for "see the ZIP64 field".
constexpr uint16_t names_are_utf8 = 1 << 11;
constexpr uint16_t midnight = 0, first_of_1980 = 0x0021;  // No times: they would tell something.

// Little-endian numbers one after the other.
class Record {
 public:
  Record& u16(uint64_t value) { return number(value, 2); }
  Record& u32(uint64_t value) { return number(value, 4); }
  Record& u64(uint64_t value) { return number(value, 8); }
  Record& text(const std::string& value) {
    const BytesView view = as_bytes(value);
    bytes_.insert(bytes_.end(), view.begin(), view.end());
    return *this;
  }
  const Bytes& bytes() const { return bytes_; }

 private:
  Record& number(uint64_t value, int size) {
    for (int i = 0; i < size; ++i) bytes_.push_back(static_cast<std::byte>(value >> (8 * i)));
    return *this;
  }
  Bytes bytes_;
};

}  // namespace

bool ZipWriter::put(const Bytes& bytes) {
  written_ += bytes.size();
  return write_(bytes);
}

std::string ZipWriter::unused(const std::string& name) {
  std::string candidate = name;
  const size_t dot = std::min(name.rfind('.'), name.size());
  for (int number = 2; !names_.insert(candidate).second; ++number) {
    candidate = name.substr(0, dot) + "-" + std::to_string(number) + name.substr(dot);
  }
  return candidate;
}

bool ZipWriter::add(const std::string& name, BytesView bytes) {
  CHECK(bytes.size() < too_big);
  Member member;
  member.name = unused(name);
  member.size = static_cast<uint32_t>(bytes.size());
  member.crc = static_cast<uint32_t>(crc32(0, as_u8(bytes), member.size));
  member.offset = written_;
  Record head;  // 4.3.7.
  head.u32(0x04034b50).u16(10).u16(names_are_utf8).u16(0).u16(midnight).u16(first_of_1980);
  head.u32(member.crc).u32(member.size).u32(member.size);
  head.u16(member.name.size()).u16(0).text(member.name);
  members_.push_back(member);
  if (!put(head.bytes())) return false;
  written_ += bytes.size();
  return write_(bytes);
}

bool ZipWriter::finish() {
  const uint64_t start = written_;
  Record directory;  // 4.3.12.
  for (const Member& member : members_) {
    const bool far = member.offset >= too_big;
    directory.u32(0x02014b50).u16(45).u16(45).u16(names_are_utf8).u16(0);
    directory.u16(midnight).u16(first_of_1980).u32(member.crc).u32(member.size).u32(member.size);
    directory.u16(member.name.size()).u16(far ? 12 : 0).u16(0).u16(0).u16(0).u32(0);
    directory.u32(far ? too_big : member.offset).text(member.name);
    if (far) directory.u16(1).u16(8).u64(member.offset);  // 4.5.3.
  }
  const uint64_t size = directory.bytes().size(), count = members_.size();
  CHECK(count < 0xffff);
  const bool far = start >= too_big;
  if (far) {  // 4.3.14 and 4.3.15.
    directory.u32(0x06064b50).u64(44).u16(45).u16(45).u32(0).u32(0).u64(count).u64(count);
    directory.u64(size).u64(start).u32(0x07064b50).u32(0).u64(start + size).u32(1);
  }
  directory.u32(0x06054b50).u16(0).u16(0).u16(count).u16(count);  // 4.3.16.
  directory.u32(size).u32(far ? too_big : start).u16(0);
  return put(directory.bytes());
}

}  // namespace faceveil

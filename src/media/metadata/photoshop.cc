// Photoshop's image resources ("Photoshop File Formats", Image Resource Blocks), and the IPTC data
// sets in one of them (IPTC-NAA Information Interchange Model 4.2).

#include <string_view>

#include "media/metadata/inspection.h"
#include "media/metadata/words.h"
#include "media/still/numbers.h"

namespace faceveil {
namespace {

using enum MetadataKind;

constexpr uint32_t resource_iptc = 0x0404, resource_thumbnail_4 = 0x0409,
                   resource_thumbnail = 0x040c, resource_exif = 0x0422, resource_exif_3 = 0x0423,
                   resource_xmp = 0x0424;

struct Resource {
  uint32_t id = 0;
  BytesView content;
  size_t at = 0, whole_bytes = 0;
};

// The resource at `at`: "8BIM", number, a name padded to even, length, content padded to even.
// False where it is none.
bool read_resource(BytesView resources, size_t at, Resource& resource) {
  constexpr size_t smallest_bytes = 12;
  if (resources.size() - at < smallest_bytes) return false;
  const std::string_view signature = as_text(resources.subspan(at, 4));
  if (signature != "8BIM" && signature != "MeSa" && signature != "PHUT") return false;
  const size_t name_bytes = (size_t{u8_at(resources, at + 6)} + 2) / 2 * 2;
  const size_t content_at = at + 6 + name_bytes + 4;
  const size_t length = big_u32(resources, content_at - 4);
  if (content_at > resources.size() || length > resources.size() - content_at) return false;
  resource = {big_u16(resources, at + 4), resources.subspan(content_at, length), at,
              std::min(content_at + length + length % 2, resources.size()) - at};
  return true;
}

std::string hexadecimal(uint32_t id) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text = "0x";
  for (int shift = 12; shift >= 0; shift -= 4) text += digits[id >> shift & 15];
  return text;
}

void inspect_resource(Inspection& to, const Resource& resource, size_t offset) {
  const auto add = [&](MetadataKind kind) {
    to.add(kind, MetadataPlace::photoshop, offset, resource.whole_bytes, hexadecimal(resource.id));
  };
  const size_t header_bytes = resource.whole_bytes - resource.content.size();
  const size_t content_offset = offset + header_bytes - (resource.content.size() % 2);
  switch (resource.id) {
    case resource_iptc:
      return inspect_iptc(to, resource.content, content_offset);
    case resource_thumbnail:
    case resource_thumbnail_4:
      return add(photoshop_thumbnail);
    case resource_exif:
    case resource_exif_3:
      return inspect_exif(to, resource.content, content_offset, "Photoshop");
    case resource_xmp:
      return inspect_xmp(to, resource.content, content_offset, "Photoshop");
    default:
      return add(photoshop);
  }
}

constexpr uint32_t set_marker = 0x1c;
constexpr size_t set_header_bytes = 5;

// Length of the data set at `at` with its header; 0 where it is none that we carry on: extended
// lengths are for pictures.
size_t set_bytes(BytesView sets, size_t at) {
  if (sets.size() - at < set_header_bytes || u8_at(sets, at) != set_marker) return 0;
  const size_t length = big_u16(sets, at + 3);
  if (length >= 0x8000 || length > sets.size() - at - set_header_bytes) return 0;
  return set_header_bytes + length;
}

bool is_date(uint32_t number) {
  return number == 55 || number == 60 || number == 62 || number == 63;
}

// One data set of record 1 (envelope) or 2 (application).
bool may_be_carried_on(uint32_t record, uint32_t number, std::string_view value) {
  if (record != 1 && record != 2) return false;
  if (record == 2 && number >= 200 && number <= 202) return false;  // The preview.
  return value.size() <= 2000 && !holds_coded_bytes(value);
}

}  // namespace

void inspect_photoshop(Inspection& to, BytesView resources, size_t offset) {
  size_t at = 0;
  Resource resource;
  while (at < resources.size() && read_resource(resources, at, resource)) {
    inspect_resource(to, resource, offset + at);
    at += resource.whole_bytes;
  }
  if (at < resources.size()) {
    to.add(damaged, MetadataPlace::photoshop, offset + at, resources.size() - at, "Photoshop");
  }
}

void inspect_iptc(Inspection& to, BytesView sets, size_t offset) {
  if (!to.may_open(sets.size())) {
    to.add(iptc_preview, MetadataPlace::iptc, offset, sets.size(), "IPTC");
    return;
  }
  const size_t line = to.findings.size(), carried_before = to.metadata.iptc.size();
  to.add(iptc, MetadataPlace::iptc, offset, sets.size(), "");
  size_t at = 0;
  while (const size_t bytes = set_bytes(sets, at)) {
    const uint32_t record = u8_at(sets, at + 1), number = u8_at(sets, at + 2);
    const BytesView whole = sets.subspan(at, bytes);
    const std::string_view value = as_text(whole.subspan(set_header_bytes));
    const std::string name = std::to_string(record) + ":" + std::to_string(number);
    if (record == 2 && number == 202) {
      to.add(iptc_preview, MetadataPlace::iptc, offset + at, bytes, name);
    }
    const bool carried_on = may_be_carried_on(record, number, value) &&
                            to.metadata.iptc.size() + bytes <= note_bytes_max;
    if (carried_on) append(to.metadata.iptc, whole);
    if (record == 2 && is_date(number)) {
      MetadataFinding& finding = to.add(date, MetadataPlace::iptc, offset + at, bytes, name);
      finding.value = shown(value);
      finding.can_be_kept = carried_on;
    }
    at += bytes;
    if (at >= sets.size()) break;
  }
  to.at(line).can_be_kept = to.metadata.iptc.size() > carried_before;
  // TIFF pads to whole LONGs.
  if (sets.size() - at > 3) {
    to.add(u8_at(sets, at) == set_marker ? iptc_preview : damaged, MetadataPlace::iptc, offset + at,
           sets.size() - at, "IPTC");
  }
}

}  // namespace faceveil

#include "media/metadata/exif.h"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <optional>

#include "media/metadata/words.h"
#include "media/still/numbers.h"

namespace faceveil {
namespace {

using enum MetadataKind;
using Directory = ExifTag::Directory;

// Values of this size hold no picture that shows a face, whatever their tag says.
constexpr size_t small_value_bytes = 256;
// All of them together, so that they fit into one JPEG segment, with their directories.
constexpr size_t carried_bytes_max = 48 << 10, carried_tags_max = 512;

struct Named {
  uint16_t tag;
  MetadataKind kind;
  const char* name;
};

// What is worth a line of its own. Of the main and the EXIF directory, whose numbers do not clash.
constexpr Named named_tags[] = {{270, comment, "ImageDescription"},
                                {271, camera, "Make"},
                                {272, camera, "Model"},
                                {306, date, "DateTime"},
                                {36867, date, "DateTimeOriginal"},
                                {36868, date, "DateTimeDigitized"},
                                {37500, maker_note, "MakerNote"},
                                {37510, comment, "UserComment"},
                                {40092, comment, "XPComment"},
                                {42016, serial, "ImageUniqueID"},
                                {42032, serial, "CameraOwnerName"},
                                {42033, serial, "BodySerialNumber"},
                                {42037, serial, "LensSerialNumber"},
                                {37724, private_data, "ImageSourceData"},
                                {50341, private_data, "PrintImageMatching"},
                                {50740, private_data, "DNGPrivateData"},
                                {50784, private_data, "AliasLayerMetadata"},
                                {50828, private_data, "OriginalRawFileData"},
                                {59932, hidden_bytes, "Padding"}};

const Named* find_named(uint16_t tag) {
  const auto* const found = std::find_if(std::begin(named_tags), std::end(named_tags),
                                         [&](const Named& named) { return named.tag == tag; });
  return found == std::end(named_tags) ? nullptr : found;
}

bool between(uint16_t tag, uint16_t first, uint16_t last) { return tag >= first && tag <= last; }

// How the pixels are stored (TIFF 6.0, DNG), which an output says for itself.
bool is_layout(uint16_t tag) {
  constexpr uint16_t others[] = {273, 274, 282, 283, 284,   296,   297,
                                 301, 317, 318, 319, 33421, 33422, 34675};
  return between(tag, 254, 266) || between(tag, 277, 281) || between(tag, 286, 293) ||
         between(tag, 320, 347) || between(tag, 512, 532) || between(tag, 50706, 52600) ||
         std::find(std::begin(others), std::end(others), tag) != std::end(others);
}

// GDI+ keeps its properties there, the thumbnail at 0x501b among them.
bool is_gdi_plus(uint16_t tag) { return between(tag, 0x5000, 0x51ff); }

bool is_pointer(uint16_t tag) {
  return tag == exif_tag::exif_directory || tag == exif_tag::gps_directory ||
         tag == exif_tag::interoperability_directory || tag == exif_tag::sub_directories;
}

bool is_block(uint16_t tag) {
  return tag == exif_tag::xmp || tag == exif_tag::iptc || tag == exif_tag::photoshop;
}

// UTF-16 texts of Windows, and the comment with its eight bytes of coding (EXIF 2.32, 4.6.5).
bool is_coded_text(uint16_t tag) { return between(tag, 40091, 40095) || tag == 37510; }

// The text before its end, so far as it can be of use: longer than note_bytes_max it is of none.
std::string_view without_end(std::string_view text) {
  text = text.substr(0, note_bytes_max + 1);
  return text.substr(0, text.find('\0'));
}

// The bytes as one character each: enough to notice base64 in UTF-16.
std::string without_zeros(BytesView bytes) {
  std::string text;
  for (const std::byte b : bytes) {
    if (b != std::byte{0}) text += static_cast<char>(b);
  }
  return text;
}

bool is_harmless(const TiffEntry& entry, BytesView value) {
  if (entry.type == tiff_type::ascii) return is_harmless_text(without_end(as_text(value)));
  if (is_coded_text(entry.tag)) {
    return value.size() <= 2048 && !holds_coded_bytes(without_zeros(value));
  }
  return value.size() <= small_value_bytes;
}

// A text ends at its first zero: what follows in the value is seen by nobody.
void cut_at_end(ExifTag& tag) {
  if (tag.type != tiff_type::ascii) return;
  const size_t length = without_end(as_text(tag.value)).size();
  tag.value.resize(length);
  tag.value.push_back(std::byte{0});
  tag.count = static_cast<uint32_t>(tag.value.size());
}

size_t carried_bytes(const std::vector<ExifTag>& tags) {
  size_t bytes = 0;
  for (const ExifTag& tag : tags) bytes += tag.value.size();
  return bytes;
}

// "48.13700, -11.57500" (EXIF 2.32, 4.6.6: degrees, minutes, seconds, each a fraction; their side
// of the equator or of Greenwich in the tag before). Empty where it is not whole.
std::string position_of(const TiffStructure& structure, const TiffDirectory& directory) {
  std::string position;
  for (const uint16_t tag : {uint16_t{2}, uint16_t{4}}) {
    const TiffEntry* const angle = directory.find(tag);
    const TiffEntry* const side = directory.find(static_cast<uint16_t>(tag - 1));
    if (!angle || !side || angle->type != tiff_type::rational || angle->count != 3) return {};
    const Bytes value = structure.big_endian_value(*angle);
    double degrees = 0, parts_per_degree = 1;
    for (size_t i = 0; i < 3; ++i, parts_per_degree *= 60) {
      const double part = big_u32(value, 8 * i), of = big_u32(value, 8 * i + 4);
      degrees += of > 0 ? part / of / parts_per_degree : 0;
    }
    const std::string_view letter = as_text(structure.stored_value(*side));
    const bool negative = letter.starts_with("S") || letter.starts_with("W");
    char text[32];
    std::snprintf(text, sizeof text, "%.5f", negative ? -degrees : degrees);
    position.append(position.empty() ? "" : ", ").append(text);
  }
  return position;
}

std::string tag_name(uint16_t tag) { return "tag " + std::to_string(tag); }

}  // namespace

ExifWalk::ExifWalk(Inspection& to, TiffStructure structure, BytesView bytes, size_t base)
    : to_(to),
      structure_(std::move(structure)),
      bytes_(bytes),
      base_(base),
      carries_on_(to.metadata.tags.empty()) {
  used_.add(0, structure_.header_bytes());
}

TiffDirectory ExifWalk::walk_main(uint64_t at) {
  TiffDirectory directory = read(at);
  walk_entries(directory, Directory::main);
  return directory;
}

TiffDirectory ExifWalk::walk_picture(uint64_t at, MetadataKind kind, const std::string& detail) {
  TiffDirectory directory = read(at);
  const TiffEntry* const offset = directory.find(exif_tag::jpeg_offset);
  const TiffEntry* const bytes = directory.find(exif_tag::jpeg_bytes);
  const std::vector<uint64_t> from = offset ? structure_.numbers(*offset) : std::vector<uint64_t>();
  const std::vector<uint64_t> length = bytes ? structure_.numbers(*bytes) : std::vector<uint64_t>();
  const bool has_jpeg = !from.empty() && !length.empty() && from[0] < bytes_.size();
  const size_t at_picture = has_jpeg ? static_cast<size_t>(from[0]) : directory.at;
  const size_t room = bytes_.size() - at_picture;
  const size_t picture_bytes =
      has_jpeg ? static_cast<size_t>(std::min<uint64_t>(length[0], room)) : directory.bytes;
  if (has_jpeg) used_.add(at_picture, picture_bytes);
  to_.add(kind, MetadataPlace::exif, base_ + at_picture, picture_bytes, detail);
  return directory;
}

TiffDirectory ExifWalk::read(uint64_t at) {
  TiffDirectory directory = structure_.read_directory(at);
  constexpr size_t work_per_entry = 64;
  if (!to_.may_open(work_per_entry * directory.entries.size())) directory = {};
  used_.add(directory.at, directory.bytes);
  for (const TiffEntry& entry : directory.entries) {
    if (entry.whole && !entry.inside_entry) used_.add(entry.at, entry.bytes);
  }
  if (!directory.whole) {
    to_.add(damaged, MetadataPlace::exif, base_ + directory.at, directory.bytes, "TIFF directory");
  }
  return directory;
}

void ExifWalk::walk_entries(const TiffDirectory& directory, Directory which) {
  for (const TiffEntry& entry : directory.entries) {
    if (entry.whole) {
      walk_entry(entry, which);
    } else {
      to_.add(damaged, MetadataPlace::exif, base_ + directory.at, directory.bytes,
              tag_name(entry.tag));
    }
  }
}

void ExifWalk::walk_entry(const TiffEntry& entry, Directory which) {
  if (which != Directory::gps && is_pointer(entry.tag)) return walk_pointer(entry);
  if (which == Directory::main && walk_block(entry)) return;
  if (which == Directory::main && is_layout(entry.tag)) return;
  report(entry, which, carry_on(entry, which));
}

void ExifWalk::walk_pointer(const TiffEntry& entry) {
  constexpr size_t sub_directories_max = 64;
  const std::vector<uint64_t> targets = structure_.numbers(entry, sub_directories_max);
  for (const uint64_t target : targets) {
    if (entry.tag == exif_tag::sub_directories) {
      walk_picture(target, further_picture, "SubIFD");
      continue;
    }
    const TiffDirectory directory = read(target);
    if (entry.tag == exif_tag::gps_directory) {
      walk_gps(directory);
    } else {
      const bool is_exif = entry.tag == exif_tag::exif_directory;
      walk_entries(directory, is_exif ? Directory::exif : Directory::interoperability);
    }
  }
}

void ExifWalk::walk_gps(const TiffDirectory& directory) {
  if (directory.entries.empty()) return;
  const size_t tags_before = to_.metadata.tags.size();
  walk_entries(directory, Directory::gps);
  MetadataFinding& finding =
      to_.add(gps, MetadataPlace::exif, base_ + directory.at, directory.bytes, "GPS directory");
  finding.value = position_of(structure_, directory);
  finding.can_be_kept = to_.metadata.tags.size() > tags_before;
}

// Blocks of other kinds inside of tags. True where the entry was one.
bool ExifWalk::walk_block(const TiffEntry& entry) {
  if (entry.tag == exif_tag::icc_profile) {
    add(icc, entry, "");
    return true;
  }
  if (!is_block(entry.tag)) return false;
  const BytesView block = structure_.stored_value(entry);
  const size_t offset = base_ + entry.at;
  if (entry.tag == exif_tag::xmp) inspect_xmp(to_, block, offset, "tag 700");
  // Layers and previews of Photoshop may take megabytes; resources follow each other, so that
  // reading them again and again is what costs.
  if (entry.tag == exif_tag::photoshop && !photoshop_seen_) inspect_photoshop(to_, block, offset);
  photoshop_seen_ |= entry.tag == exif_tag::photoshop;
  // Some programs store the bytes as LONG, in the order of the file all the same.
  if (entry.tag == exif_tag::iptc) inspect_iptc(to_, block, offset);
  return true;
}

void ExifWalk::report(const TiffEntry& entry, Directory which, bool can_be_kept) {
  if (which == Directory::gps || which == Directory::interoperability) return;
  const BytesView value = structure_.stored_value(entry);
  if (is_gdi_plus(entry.tag)) {
    add(entry.tag == 0x501b ? thumbnail : private_data, entry, tag_name(entry.tag));
  } else if (const Named* const named = find_named(entry.tag)) {
    MetadataFinding& finding = add(named->kind, entry, named->name);
    finding.can_be_kept = can_be_kept;
    if (entry.type == tiff_type::ascii) finding.value = shown(without_end(as_text(value)));
  } else if (!is_harmless(entry, value)) {
    add(private_data, entry, tag_name(entry.tag));
  }
}

bool ExifWalk::carry_on(const TiffEntry& entry, Directory which) {
  std::vector<ExifTag>& tags = to_.metadata.tags;
  const Named* const named = which == Directory::gps ? nullptr : find_named(entry.tag);
  const bool is_private = named && (named->kind == maker_note || named->kind == private_data ||
                                    named->kind == hidden_bytes);
  const BytesView value = structure_.stored_value(entry);
  if (!carries_on_ || is_private || is_gdi_plus(entry.tag) || !is_harmless(entry, value)) {
    return false;
  }
  const bool again = std::any_of(tags.begin(), tags.end(), [&](const ExifTag& tag) {
    return tag.tag == entry.tag && tag.directory == which;
  });
  if (again || entry.count == 0 || tags.size() >= carried_tags_max ||
      carried_bytes(tags) + entry.bytes > carried_bytes_max) {
    return false;
  }
  if (tiff_type_bytes(entry.type) == 0 || entry.type > 12) return false;  // EXIF knows no others.
  ExifTag tag{which, entry.tag, entry.type, static_cast<uint32_t>(entry.count),
              structure_.big_endian_value(entry)};
  cut_at_end(tag);
  tags.push_back(std::move(tag));
  return true;
}

MetadataFinding& ExifWalk::add(MetadataKind kind, const TiffEntry& entry, std::string detail) {
  return to_.add(kind, MetadataPlace::exif, base_ + entry.at, entry.bytes, std::move(detail));
}

void inspect_exif(Inspection& to, BytesView block, size_t offset, std::string detail) {
  const size_t line = to.findings.size();
  to.add(MetadataKind::exif, MetadataPlace::exif, offset, block.size(), std::move(detail));
  const std::optional<TiffStructure> structure = TiffStructure::open(block);
  if (!structure) {
    to.at(line).kind = damaged;
    return;
  }
  ExifWalk walk(to, *structure, block, offset);
  const size_t tags_before = to.metadata.tags.size();
  TiffDirectory directory = walk.walk_main(structure->first_directory());
  to.at(line).can_be_kept = to.metadata.tags.size() > tags_before;
  const TiffEntry* const turned = directory.find(exif_tag::orientation);
  const bool nothing_else =
      turned && directory.entries.size() == 1 && directory.next == 0 && block.size() <= 26;
  if (nothing_else) to.at(line).kind = MetadataKind::orientation;
  while (directory.next != 0) {
    directory = walk.walk_picture(directory.next, exif_thumbnail, "IFD1");
  }
}

}  // namespace faceveil

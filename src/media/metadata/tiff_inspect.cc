// What stands beside the first picture in a TIFF file: its tags, further pages, sub-directories,
// and bytes that nothing points to.

#include "media/metadata/containers.h"
#include "media/metadata/exif.h"

namespace faceveil {
namespace {

using enum MetadataKind;

// The pixels of a directory, in strips or tiles.
void use_pixels(const TiffStructure& structure, const TiffDirectory& directory, Spans& used,
                size_t& parts_left) {
  for (const auto& [offsets_tag, bytes_tag] :
       {std::pair{exif_tag::strip_offsets, exif_tag::strip_bytes},
        std::pair{exif_tag::tile_offsets, exif_tag::tile_bytes},
        std::pair{exif_tag::jpeg_offset, exif_tag::jpeg_bytes}}) {
    const TiffEntry* const offsets = directory.find(offsets_tag);
    const TiffEntry* const lengths = directory.find(bytes_tag);
    if (!offsets || !lengths) continue;
    const auto at = structure.numbers(*offsets, parts_left);
    const auto bytes = structure.numbers(*lengths, parts_left);
    const size_t count = std::min(at.size(), bytes.size());
    for (size_t i = 0; i < count; ++i) {
      used.add(static_cast<size_t>(at[i]), static_cast<size_t>(bytes[i]));
    }
    parts_left -= count;
  }
}

MetadataKind kind_of_page(const TiffStructure& structure, const TiffDirectory& directory) {
  const TiffEntry* const type = directory.find(exif_tag::new_subfile_type);
  const std::vector<uint64_t> bits = type ? structure.numbers(*type) : std::vector<uint64_t>();
  return !bits.empty() && (bits[0] & 1) ? thumbnail : further_picture;
}

void inspect_density(Inspection& to, const TiffDirectory& directory) {
  const TiffEntry* const resolution = directory.find(exif_tag::x_resolution);
  if (!resolution || !resolution->whole) return;
  to.add(density, MetadataPlace::container, resolution->at, resolution->bytes, "XResolution");
}

void inspect_orientation(Inspection& to, const TiffStructure& structure,
                         const TiffDirectory& directory) {
  const TiffEntry* const entry = directory.find(exif_tag::orientation);
  if (!entry) return;
  const std::vector<uint64_t> value = structure.numbers(*entry);
  if (value.empty() || value[0] <= 1) return;
  to.add(orientation, MetadataPlace::container, entry->at, entry->bytes, "Orientation");
}

}  // namespace

void inspect_tiff(Inspection& to) {
  const std::optional<TiffStructure> structure = TiffStructure::open(to.file);
  if (!structure) {
    to.add(damaged, to.file, "TIFF");
    return;
  }
  ExifWalk walk(to, *structure, to.file, 0);
  TiffDirectory directory = walk.walk_main(structure->first_directory());
  inspect_density(to, directory);
  inspect_orientation(to, *structure, directory);
  Spans used;
  size_t parts_left = 1 << 20;  // Strips and tiles of all pages.
  use_pixels(*structure, directory, used, parts_left);
  while (directory.next != 0) {
    directory = walk.walk_picture(directory.next, further_picture, "page");
    to.findings.back().kind = kind_of_page(*structure, directory);
    use_pixels(*structure, directory, used, parts_left);
  }
  used.add(walk.used());
  inspect_gaps(to, used);
}

}  // namespace faceveil

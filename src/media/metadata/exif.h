// EXIF and TIFF tags: what each is, and the walk over directories of them.
#pragma once

#include "media/metadata/inspection.h"
#include "media/metadata/spans.h"
#include "media/metadata/tiff_structure.h"

namespace faceveil {

// Tags that more than one file names.
namespace exif_tag {
inline constexpr uint16_t new_subfile_type = 254, width = 256, height = 257, description = 270,
                          make = 271, model = 272, strip_offsets = 273, orientation = 274,
                          strip_bytes = 279, x_resolution = 282, date_time = 306,
                          tile_offsets = 324, tile_bytes = 325, sub_directories = 330,
                          jpeg_offset = 513, jpeg_bytes = 514, xmp = 700, iptc = 33723,
                          photoshop = 34377, exif_directory = 34665, icc_profile = 34675,
                          gps_directory = 34853, interoperability_directory = 40965;
}  // namespace exif_tag

class ExifWalk {
 public:
  // `base` is where the structure begins in the file.
  ExifWalk(Inspection& to, TiffStructure structure, BytesView bytes, size_t base);

  // The first directory and those that it points to, but not the one behind it. Returns it.
  TiffDirectory walk_main(uint64_t at);

  // A directory that is a picture of its own: reported as `kind`, nothing is carried on of it.
  // Returns it.
  TiffDirectory walk_picture(uint64_t at, MetadataKind kind, const std::string& detail);

  const Spans& used() const { return used_; }

 private:
  using Directory = ExifTag::Directory;

  TiffDirectory read(uint64_t at);
  void walk_entries(const TiffDirectory&, Directory);
  void walk_entry(const TiffEntry&, Directory);
  void walk_pointer(const TiffEntry&);
  void walk_gps(const TiffDirectory&);
  bool walk_block(const TiffEntry&);
  void report(const TiffEntry&, Directory, bool can_be_kept);
  // Whether a policy may keep it.
  bool carry_on(const TiffEntry&, Directory);
  MetadataFinding& add(MetadataKind, const TiffEntry&, std::string detail);

  Inspection& to_;
  TiffStructure structure_;
  BytesView bytes_;
  size_t base_ = 0;
  bool carries_on_ = false, photoshop_seen_ = false;
  Spans used_;
};

}  // namespace faceveil

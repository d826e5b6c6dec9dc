// One walk over a container: collects the findings, and what may be carried on. The containers'
// walkers (containers.h) call the blocks' ones, which are the functions here.
#pragma once

#include "media/metadata.h"
#include "media/metadata/spans.h"

namespace faceveil {

struct Inspection {
  explicit Inspection(BytesView of) : file(of) {}

  BytesView file;
  std::vector<MetadataFinding> findings;
  Metadata metadata;

  // Where `part`, a view into the file, begins in it; `otherwise` for bytes of other origin.
  size_t offset_of(BytesView part, size_t otherwise = 0) const;

  MetadataFinding& add(MetadataKind, BytesView part, std::string detail);
  // Where there are too many already, the last one says so, as a place with room for a picture.
  MetadataFinding& add(MetadataKind, MetadataPlace, size_t offset, size_t length,
                       std::string detail);

  // Whether one more finding can be listed.
  bool has_room() const;

  // Whether a block of this many bytes may be looked into: a file that points to the same bytes
  // again and again must not take hours.
  bool may_open(size_t bytes);

  // The finding that was the `line`-th when it was added, which may be one too many.
  MetadataFinding& at(size_t line) {
    return line < findings.size() ? findings[line] : one_too_many_;
  }

 private:
  MetadataFinding one_too_many_;
  bool says_more_ = false;
  int64_t work_bytes_ = 0;
};

// Blocks. `block` may be a view into the file or decompressed from it; `offset` is where it is
// stored there.
void inspect_exif(Inspection&, BytesView block, size_t offset, std::string detail);
void inspect_xmp(Inspection&, BytesView packet, size_t offset, std::string detail);
void inspect_iptc(Inspection&, BytesView data_sets, size_t offset);
void inspect_photoshop(Inspection&, BytesView resources, size_t offset);  // A list of "8BIM".
// Bytes of the file that none of the spans covers.
void inspect_gaps(Inspection&, const Spans& used);
// `text` is UTF-8, or Latin-1 where `latin` says so.
void inspect_note(Inspection&, MetadataKind, std::string_view keyword, std::string_view text,
                  size_t offset, size_t length, std::string detail);

// At most 200 bytes of `text` on one line, cut between characters; empty where it is not UTF-8.
std::string shown(std::string_view text);

}  // namespace faceveil

// What stands beside the primary picture in a HEIC or AVIF file: items of metadata, thumbnails,
// auxiliary and further pictures, films, and bytes that no item owns.

#include <algorithm>
#include <deque>
#include <map>
#include <optional>

#include "media/metadata/containers.h"
#include "media/metadata/isobmff.h"
#include "media/metadata/spans.h"
#include "media/still/numbers.h"

namespace faceveil {
namespace {

using enum MetadataKind;

bool mentions(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != text.npos; });
}

// Absent for alpha, which is a part of the picture (ISO/IEC 23008-12, 6.5.8 and annex B).
std::optional<MetadataKind> kind_of_auxiliary(std::string_view type) {
  if (mentions(type, {"alpha"}) || type == "urn:mpeg:hevc:2015:auxid:1") return std::nullopt;
  if (mentions(type, {"gainmap", "21496"})) return gain_map;
  if (mentions(type, {"depth", "disparity", "matte"}) || type == "urn:mpeg:hevc:2015:auxid:2") {
    return depth_map;
  }
  return auxiliary_picture;
}

// What each item is to the primary picture. Items of the picture itself have no kind.
class ItemKinds {
 public:
  explicit ItemKinds(const IsoMeta& meta) {
    for (const IsoReference& reference : meta.references) {
      if (reference.type == "dimg") inputs_.emplace(reference.from, reference.to);
    }
    spread(meta.primary, std::nullopt);
    for (const IsoReference& reference : meta.references) {
      if (reference.type == "auxl" && is_of_picture(reference.to)) {
        const auto item = meta.items.find(reference.from);
        if (item != meta.items.end()) {
          spread(reference.from, kind_of_auxiliary(item->second.auxiliary_type));
        }
      }
      if (reference.type == "thmb") spread(reference.from, thumbnail);
    }
    for (const auto& [id, item] : meta.items) {
      if (item.type == "tmap") spread(id, gain_map);
    }
  }

  std::optional<MetadataKind> kind_of(uint32_t id) const {
    const auto found = kinds_.find(id);
    return found == kinds_.end() ? further_picture : found->second;
  }

 private:
  bool is_of_picture(uint32_t id) const {
    const auto found = kinds_.find(id);
    return found != kinds_.end() && !found->second;
  }

  // Gives the kind to an item and all that it is made of, unless they have one.
  void spread(uint32_t id, std::optional<MetadataKind> kind) {
    std::deque<uint32_t> waiting = {id};
    while (!waiting.empty()) {
      const uint32_t next = waiting.front();
      waiting.pop_front();
      if (!kinds_.emplace(next, kind).second) continue;
      const auto [first, last] = inputs_.equal_range(next);
      for (auto input = first; input != last; ++input) waiting.push_back(input->second);
    }
  }

  std::multimap<uint32_t, uint32_t> inputs_;
  std::map<uint32_t, std::optional<MetadataKind>> kinds_;
};

BytesView first_extent(const IsoItem& item) {
  return item.extents.empty() ? BytesView() : item.extents.front();
}

size_t bytes_of(const IsoItem& item) {
  size_t bytes = 0;
  for (const BytesView extent : item.extents) bytes += extent.size();
  return bytes;
}

// Metadata in several extents are joined. Empty where they are too long.
Bytes joined(Inspection& to, const IsoItem& item) {
  Bytes all;
  if (!to.may_open(bytes_of(item))) return all;
  for (const BytesView extent : item.extents) append(all, extent);
  return all;
}

// The block begins with how far behind it the TIFF structure stands (23008-12, A.2.1).
void inspect_exif_item(Inspection& to, const IsoItem& item) {
  const Bytes whole = joined(to, item);
  const size_t skipped = std::min<size_t>(size_t{4} + big_u32(whole, 0), whole.size());
  inspect_exif(to, BytesView(whole).subspan(skipped), to.offset_of(first_extent(item)) + skipped,
               "item Exif");
}

void inspect_item(Inspection& to, uint32_t id, const IsoItem& item, const ItemKinds& kinds) {
  if (item.type == "Exif") return inspect_exif_item(to, item);
  if (item.type == "mime" && item.content_type == "application/rdf+xml") {
    return inspect_xmp(to, joined(to, item), to.offset_of(first_extent(item)), "item XMP");
  }
  const bool is_words = item.type == "mime" || item.type == "uri " || item.type.empty();
  const std::optional<MetadataKind> kind = is_words ? private_data : kinds.kind_of(id);
  if (!kind) return;
  to.add(*kind, MetadataPlace::container, to.offset_of(first_extent(item)), bytes_of(item),
         "item " + shown(item.type) + " " + shown(item.auxiliary_type));
}

void inspect_properties(Inspection& to, const IsoMeta& meta) {
  for (const IsoBox& box : meta.properties) {
    if (box.type == "colr" && as_text(box.content).substr(0, 4) != "nclx") {
      to.add(icc, box.whole, "colr");
    }
    if (box.type == "irot" || box.type == "imir")
      to.add(orientation, box.whole, std::string(box.type));
    if (box.type == "udes" || box.type == "uuid") to.add(text, box.whole, std::string(box.type));
  }
}

void inspect_other_box(Inspection& to, const IsoBox& box) {
  const std::string name = shown(box.type);
  if (box.type == "free" || box.type == "skip" || box.type == "wide") {
    if (!is_padding(box.content)) to.add(hidden_bytes, box.whole, name);
  } else if (box.type == "mpvd" || box.type == "moov" || box.type == "moof" || box.type == "sefd") {
    to.add(motion_photo, box.whole, name);
  } else if (box.type == "uuid") {
    to.add(private_data, box.whole, name);
  } else if (box.type == "jumb") {
    to.add(content_credentials, box.whole, name);
  } else {
    to.add(unknown, box.whole, name);
  }
}

void inspect_meta(Inspection& to, const IsoBox& box, Spans& used) {
  const IsoMeta meta = read_meta(to.file, box.content);
  if (!meta.whole) to.add(damaged, box.whole, "meta");
  inspect_properties(to, meta);
  const ItemKinds kinds(meta);
  Spans used_data;
  const size_t data_at = to.offset_of(meta.data);
  for (const auto& [id, item] : meta.items) {
    inspect_item(to, id, item, kinds);
    for (const BytesView extent : item.extents) {
      const size_t at = to.offset_of(extent);
      used.add(at, extent.size());
      if (at >= data_at) used_data.add(at - data_at, extent.size());
    }
  }
  for (const BytesView gap : used_data.gaps(meta.data)) to.add(hidden_bytes, gap, "idat");
  for (const IsoBox& other : meta.others) inspect_other_box(to, other);
}

}  // namespace

void inspect_heif(Inspection& to) {
  const IsoBoxes boxes = read_boxes(to.file);
  Spans used;
  for (const IsoBox& box : boxes.boxes) {
    const bool holds_data = box.type == "mdat";
    used.add(to.offset_of(box.whole),
             holds_data ? box.whole.size() - box.content.size() : box.whole.size());
    if (box.type == "meta") {
      inspect_meta(to, box, used);
    } else if (box.type != "ftyp" && !holds_data) {
      inspect_other_box(to, box);
    }
  }
  used.add(to.offset_of(boxes.rest), boxes.rest.size());
  for (const BytesView gap : used.gaps(to.file)) to.add(hidden_bytes, gap, "mdat");
  if (!boxes.rest.empty()) to.add(trailing_bytes, boxes.rest, "behind the boxes");
}

}  // namespace faceveil

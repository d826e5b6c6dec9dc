#include "media/metadata/isobmff.h"

#include <algorithm>
#include <iterator>

#include "media/still/numbers.h"

namespace faceveil {
namespace {

constexpr size_t items_max = iso_boxes_max, extents_max = 1 << 16, references_max = 1 << 16;

// Reads one number after another; `good` turns false at the end.
class Cursor {
 public:
  explicit Cursor(BytesView bytes) : rest_(bytes) {}

  uint64_t number(size_t byte_count) {
    if (byte_count > rest_.size()) {
      good_ = false;
      rest_ = {};
      return 0;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < byte_count; ++i) value = value << 8 | u8_at(rest_, i);
    rest_ = rest_.subspan(byte_count);
    return value;
  }
  uint32_t u16() { return static_cast<uint32_t>(number(2)); }
  uint32_t id(bool wide) { return static_cast<uint32_t>(number(wide ? 4 : 2)); }
  std::string letters() {
    std::string text(as_text(rest_.first(std::min<size_t>(4, rest_.size()))));
    number(4);
    return text;
  }
  std::string word() {
    const std::string_view text = as_text(rest_);
    std::string word(text.substr(0, text.find('\0')));
    rest_ = rest_.subspan(std::min(rest_.size(), word.size() + 1));
    return word;
  }

  BytesView rest() const { return rest_; }
  bool good() const { return good_; }
  bool done() const { return rest_.empty(); }

 private:
  BytesView rest_;
  bool good_ = true;
};

// Version of a full box; its content goes on after four bytes.
uint32_t version_of(BytesView box) { return u8_at(box, 0); }
BytesView after_version(BytesView box) { return box.subspan(std::min<size_t>(4, box.size())); }

std::optional<IsoBox> read_box(BytesView bytes) {
  constexpr size_t short_bytes = 8, long_bytes = 16;
  if (bytes.size() < short_bytes) return std::nullopt;
  uint64_t length = big_u32(bytes, 0);
  size_t header_bytes = short_bytes;
  if (length == 1 && bytes.size() >= long_bytes) {
    length = uint64_t{big_u32(bytes, 8)} << 32 | big_u32(bytes, 12);
    header_bytes = long_bytes;
  }
  if (length == 0) length = bytes.size();
  if (length < header_bytes || length > bytes.size()) return std::nullopt;
  const BytesView whole = bytes.first(static_cast<size_t>(length));
  return IsoBox{as_text(bytes.subspan(4, 4)), whole.subspan(header_bytes), whole};
}

class MetaReader {
 public:
  MetaReader(BytesView file, BytesView meta) : file_(file) {
    const IsoBoxes boxes = read_boxes(after_version(meta));
    if (!boxes.rest.empty()) meta_.whole = false;
    // Extents may lie in idat, which may come later.
    for (const IsoBox& box : boxes.boxes) {
      if (box.type == "idat") meta_.data = box.content;
    }
    for (const IsoBox& box : boxes.boxes) read(box);
  }

  IsoMeta take() { return std::move(meta_); }

 private:
  void read(const IsoBox& box) {
    if (box.type == "pitm") return read_primary(box.content);
    if (box.type == "iinf") return read_infos(box.content);
    if (box.type == "iloc") return read_locations(box.content);
    if (box.type == "iref") return read_references(box.content);
    if (box.type == "iprp") return read_properties(box.content);
    if (box.type != "hdlr" && box.type != "idat" && box.type != "dinf" && box.type != "grpl") {
      meta_.others.push_back(box);
    }
  }

  IsoItem* item(uint32_t id) {
    if (meta_.items.size() >= items_max && !meta_.items.contains(id)) return nullptr;
    return &meta_.items[id];
  }

  void note(bool good) { meta_.whole &= good; }

  void read_primary(BytesView box) {
    Cursor cursor(after_version(box));
    meta_.primary = cursor.id(version_of(box) > 0);
    note(cursor.good());
  }

  void read_infos(BytesView box) {
    Cursor cursor(after_version(box));
    cursor.id(version_of(box) > 0);
    for (const IsoBox& info : read_boxes(cursor.rest()).boxes) {
      if (info.type == "infe") read_info(info.content);
    }
  }

  void read_info(BytesView box) {
    if (version_of(box) < 2) return note(false);
    Cursor cursor(after_version(box));
    const uint32_t id = cursor.id(version_of(box) > 2);
    cursor.u16();
    IsoItem* const described = item(id);
    if (!described) return note(false);
    described->type = cursor.letters();
    cursor.word();
    if (described->type == "mime") described->content_type = cursor.word();
    note(cursor.good());
  }

  struct LocationSizes {
    size_t offset, length, base, index;
  };

  void read_locations(BytesView box) {
    const uint32_t version = version_of(box);
    Cursor cursor(after_version(box));
    const uint32_t sizes = cursor.u16();
    const LocationSizes bytes{sizes >> 12 & 15, sizes >> 8 & 15, sizes >> 4 & 15,
                              version > 0 ? sizes & 15 : 0};
    const uint32_t count = cursor.id(version > 1);
    for (uint32_t i = 0; i < count && cursor.good(); ++i) read_location(cursor, version, bytes);
    note(cursor.good());
  }

  void read_location(Cursor& cursor, uint32_t version, const LocationSizes& bytes) {
    const uint32_t id = cursor.id(version > 1);
    const uint32_t method = version > 0 ? cursor.u16() & 15 : 0;
    cursor.u16();
    const uint64_t base = cursor.number(bytes.base);
    const uint32_t count = cursor.u16();
    // Extents without size mean the whole source; more of them mean nothing.
    const bool sized = bytes.offset + bytes.length > 0;
    const BytesView source = method == 1 ? meta_.data : method == 0 ? file_ : BytesView();
    IsoItem* const located = item(id);
    for (uint32_t i = 0; i < (sized ? count : std::min(count, 1u)) && cursor.good(); ++i) {
      cursor.number(bytes.index);
      const uint64_t at = base + cursor.number(bytes.offset);
      const uint64_t length = cursor.number(bytes.length);
      if (!located || ++extent_count_ > extents_max || at > source.size()) {
        note(method == 2);  // Made of other items: nothing of its own.
        continue;
      }
      const size_t room = source.size() - static_cast<size_t>(at);
      note(length <= room);
      located->extents.push_back(source.subspan(
          static_cast<size_t>(at),
          length == 0 ? room : static_cast<size_t>(std::min<uint64_t>(length, room))));
    }
  }

  void read_references(BytesView box) {
    const bool wide = version_of(box) > 0;
    for (const IsoBox& reference : read_boxes(after_version(box)).boxes) {
      Cursor cursor(reference.content);
      const uint32_t from = cursor.id(wide);
      const uint32_t count = cursor.u16();
      for (uint32_t i = 0; i < count && cursor.good(); ++i) {
        if (meta_.references.size() >= references_max) return note(false);
        meta_.references.push_back({std::string(reference.type), from, cursor.id(wide)});
      }
      note(cursor.good());
    }
  }

  void read_properties(BytesView box) {
    const IsoBoxes parts = read_boxes(box);
    for (const IsoBox& part : parts.boxes) {
      if (part.type == "ipco") meta_.properties = read_boxes(part.content).boxes;
    }
    for (const IsoBox& part : parts.boxes) {
      if (part.type == "ipma") read_associations(part.content);
    }
  }

  void read_associations(BytesView box) {
    const bool wide_id = version_of(box) > 0, wide_index = u8_at(box, 3) & 1;
    Cursor cursor(after_version(box));
    const auto count = static_cast<uint32_t>(cursor.number(4));
    for (uint32_t i = 0; i < count && cursor.good(); ++i) {
      const uint32_t id = cursor.id(wide_id);
      const auto properties = static_cast<uint32_t>(cursor.number(1));
      for (uint32_t j = 0; j < properties && cursor.good(); ++j) {
        const auto number = static_cast<uint32_t>(cursor.number(wide_index ? 2 : 1));
        associate(id, number & (wide_index ? 0x7fff : 0x7f));
      }
    }
    note(cursor.good());
  }

  void associate(uint32_t id, uint32_t property) {
    if (property == 0 || property > meta_.properties.size()) return;
    const IsoBox& box = meta_.properties[property - 1];
    IsoItem* const described = item(id);
    if (box.type != "auxC" || !described) return;
    const BytesView name = after_version(box.content);
    described->auxiliary_type = Cursor(name.first(std::min<size_t>(name.size(), 256))).word();
  }

  BytesView file_;
  IsoMeta meta_;
  size_t extent_count_ = 0;
};

}  // namespace

IsoBoxes read_boxes(BytesView bytes) {
  IsoBoxes read{{}, bytes};
  while (const std::optional<IsoBox> box = read_box(read.rest)) {
    if (read.boxes.size() >= iso_boxes_max) break;
    read.boxes.push_back(*box);
    read.rest = read.rest.subspan(box->whole.size());
  }
  return read;
}

IsoMeta read_meta(BytesView file, BytesView meta) { return MetaReader(file, meta).take(); }

}  // namespace faceveil

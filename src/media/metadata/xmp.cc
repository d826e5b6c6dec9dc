#include "media/metadata/xmp.h"

#include <algorithm>
#include <set>

#include "media/metadata/inspection.h"
#include "media/metadata/words.h"
#include "media/metadata/xml.h"

namespace faceveil {
namespace {

using Kind = XmlToken::Kind;

// A packet in one JPEG segment has at most this (ISO 16684-3, 6.1.3); longer ones are pictures.
constexpr size_t packet_bytes_max = 65'502;

// Namespaces (their beginnings) of embedded pictures, and of pictures and films beside this one.
constexpr std::string_view picture_namespaces[] = {"http://ns.adobe.com/xap/1.0/g/img/",
                                                   "http://ns.adobe.com/hdr-gain-map/",
                                                   "http://ns.apple.com/",
                                                   "http://ns.google.com/photos/1.0/audio",
                                                   "http://ns.google.com/photos/1.0/camera",
                                                   "http://ns.google.com/photos/1.0/container",
                                                   "http://ns.google.com/photos/1.0/depthmap",
                                                   "http://ns.google.com/photos/1.0/focus",
                                                   "http://ns.google.com/photos/1.0/image",
                                                   "http://ns.google.com/photos/1.0/creations",
                                                   "http://ns.google.com/photos/dd/1.0/",
                                                   "http://ns.adobe.com/xmp/note/"};
constexpr std::string_view position_namespaces[] = {"http://www.w3.org/2003/01/geo/wgs84_pos#"};

std::string_view prefix_of(std::string_view name) {
  const size_t colon = name.find(':');
  return colon == name.npos ? std::string_view() : name.substr(0, colon);
}

std::string_view local_of(std::string_view name) { return name.substr(name.find(':') + 1); }

// exif:GPSLatitude, drone-dji:GpsLongtitude, Camera:Latitude.
bool names_position(std::string_view local) {
  std::string lower(local);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const std::string_view word : {"gps", "latitude", "longitude", "longtitude", "altitude"}) {
    if (lower.find(word) != lower.npos) return true;
  }
  return false;
}

template <size_t count>
bool is_in(std::string_view uri, const std::string_view (&namespaces)[count]) {
  return std::any_of(std::begin(namespaces), std::end(namespaces),
                     [&](std::string_view start) { return uri.starts_with(start); });
}

class Cleaner {
 public:
  explicit Cleaner(XmpRemoval removal) : removal_(removal) {}

  CleanXmp clean(const std::vector<XmlToken>& tokens) {
    for (const XmlToken& token : tokens) note_prefixes(token);
    for (const XmlToken& token : tokens) handle(token);
    clean_.well_formed = true;
    return std::move(clean_);
  }

 private:
  // A prefix that stands for such a namespace anywhere is taken for it everywhere.
  void note_prefixes(const XmlToken& token) {
    for (const XmlAttribute& attribute : token.attributes) {
      const bool is_default = attribute.name == "xmlns";
      if (prefix_of(attribute.name) != "xmlns" && !is_default) continue;
      const bool unwanted = (removal_.pictures && is_in(attribute.value, picture_namespaces)) ||
                            (removal_.positions && is_in(attribute.value, position_namespaces));
      if (unwanted) prefixes_.insert(is_default ? "" : local_of(attribute.name));
    }
  }

  bool is_unwanted_name(std::string_view name) const {
    if (prefixes_.contains(prefix_of(name)) && !name.starts_with("xmlns")) return true;
    const std::string_view local = local_of(name);
    if (removal_.positions && names_position(local)) return true;
    return removal_.pictures && (local == "Thumbnails" || local == "Thumbnail");
  }

  bool is_unwanted(const XmlAttribute& attribute) const {
    if (is_unwanted_name(attribute.name)) return true;
    const std::string_view declared = attribute.name == "xmlns" ? "" : local_of(attribute.name);
    if (attribute.name.starts_with("xmlns")) return prefixes_.contains(declared);
    return removal_.pictures && holds_coded_bytes(attribute.value);
  }

  void handle(const XmlToken& token) {
    if (skipped_depth_ > 0) return skip(token);
    switch (token.kind) {
      case Kind::open:
      case Kind::empty:
        if (!is_unwanted_name(token.name)) return write_element(token);
        clean_.removed = true;
        skipped_depth_ = token.kind == Kind::open ? 1 : 0;
        return;
      case Kind::text:
        if (removal_.pictures && holds_coded_bytes(token.whole)) {
          clean_.removed = true;
          return;
        }
        clean_.packet += token.whole;
        return;
      case Kind::close:
        clean_.packet += token.whole;
        return;
      case Kind::instruction:
        // Only the wrapper of a packet; others, and comments, are nobody's data.
        if (token.whole.starts_with("<?xpacket ")) clean_.packet += token.whole;
        return;
      case Kind::comment:
        return;
    }
  }

  void skip(const XmlToken& token) {
    if (token.kind == Kind::open) ++skipped_depth_;
    if (token.kind == Kind::close) --skipped_depth_;
  }

  void write_element(const XmlToken& token) {
    clean_.packet.append("<").append(token.name);
    for (const XmlAttribute& attribute : token.attributes) {
      if (is_unwanted(attribute)) {
        clean_.removed |= !attribute.name.starts_with("xmlns");  // A name alone is no picture.
      } else {
        clean_.packet += attribute.whole;
      }
    }
    clean_.packet += token.kind == Kind::empty ? "/>" : ">";
  }

  XmpRemoval removal_;
  std::set<std::string_view> prefixes_;
  size_t skipped_depth_ = 0;
  CleanXmp clean_;
};

std::string_view without_padding(std::string_view packet) {
  const size_t end = packet.find_last_not_of(std::string_view("\0 \t\r\n", 5));
  return packet.substr(0, end == packet.npos ? 0 : end + 1);
}

}  // namespace

CleanXmp clean_xmp(std::string_view packet, XmpRemoval removal) {
  if (packet.starts_with("\xef\xbb\xbf")) packet.remove_prefix(3);
  packet = without_padding(packet);
  if (!is_text(packet)) return {};
  const std::optional<std::vector<XmlToken>> tokens = read_xml(packet);
  if (!tokens) return {};
  return Cleaner(removal).clean(*tokens);
}

std::string xmp_without_gps(std::string_view xmp) { return clean_xmp(xmp, {false, true}).packet; }

void inspect_xmp(Inspection& to, BytesView packet, size_t offset, std::string detail) {
  const auto add = [&](MetadataKind kind, std::string what, bool can_be_kept) {
    to.add(kind, MetadataPlace::xmp, offset, packet.size(), std::move(what)).can_be_kept =
        can_be_kept;
  };
  if (!to.may_open(packet.size())) return add(MetadataKind::xmp_embedded_picture, "XMP", false);
  const CleanXmp without_pictures = clean_xmp(as_text(packet), {true, false});
  if (!without_pictures.well_formed) {
    return add(holds_coded_bytes(as_text(packet)) ? MetadataKind::xmp_embedded_picture
                                                  : MetadataKind::damaged,
               "XMP", false);
  }

  // Pieces that a comment kept apart have met.
  const bool harmless = without_pictures.packet.size() <= packet_bytes_max &&
                        !holds_coded_bytes(without_pictures.packet);
  const bool carried_on = to.metadata.xmp.empty() && harmless && !without_pictures.packet.empty();
  if (carried_on) to.metadata.xmp = without_pictures.packet;
  add(MetadataKind::xmp, std::move(detail), carried_on);
  if (without_pictures.removed) add(MetadataKind::xmp_embedded_picture, "XMP", false);
  const bool has_gps = clean_xmp(as_text(packet), {false, true}).removed;
  if (has_gps) add(MetadataKind::gps, "XMP", carried_on);
}

}  // namespace faceveil

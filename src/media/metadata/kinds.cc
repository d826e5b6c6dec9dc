#include "base/check.h"
#include "media/metadata.h"

namespace faceveil {
namespace {

struct Kind {
  MetadataKind kind;
  MetadataClass of;
  std::string_view name, description;
};

using enum MetadataKind;
using enum MetadataClass;

constexpr Kind kinds[] = {
    {exif_thumbnail, picture, "exif_thumbnail", "thumbnail in EXIF"},
    {jfif_thumbnail, picture, "jfif_thumbnail", "thumbnail in JFIF"},
    {photoshop_thumbnail, picture, "photoshop_thumbnail", "thumbnail of Photoshop"},
    {thumbnail, picture, "thumbnail", "thumbnail"},
    {multi_picture, picture, "multi_picture", "further pictures by an index (MPF)"},
    {gain_map, picture, "gain_map", "gain map: the picture again, in grey"},
    {depth_map, picture, "depth_map", "depth map or matte: the outlines again"},
    {auxiliary_picture, picture, "auxiliary_picture", "auxiliary picture"},
    {further_picture, picture, "further_picture", "further picture"},
    {motion_photo, picture, "motion_photo", "film beside the picture"},
    {xmp_embedded_picture, picture, "xmp_embedded_picture", "picture inside XMP"},
    {iptc_preview, picture, "iptc_preview", "preview in IPTC"},
    {content_credentials, picture, "content_credentials",
     "content credentials, with thumbnails and history"},
    {private_data, picture, "private_data", "private data of a program, with room for a picture"},
    {gps, place, "gps", "position (GPS)"},
    {trailing_bytes, stray_bytes, "trailing_bytes", "bytes behind the end"},
    {hidden_bytes, stray_bytes, "hidden_bytes", "bytes that belong to nothing"},
    {exif, words, "exif", "EXIF"},
    {date, words, "date", "date and time"},
    {camera, words, "camera", "camera"},
    {serial, words, "serial", "serial number or owner"},
    {maker_note, words, "maker_note", "maker note"},
    {xmp, words, "xmp", "XMP"},
    {iptc, words, "iptc", "IPTC"},
    {photoshop, words, "photoshop", "settings of Photoshop"},
    {comment, words, "comment", "comment"},
    {text, words, "text", "text"},
    {unknown, words, "unknown", "part of unknown purpose"},
    {damaged, words, "damaged", "damaged part"},
    {icc, colour, "icc", "colour profile"},
    {orientation, colour, "orientation", "orientation"},
    {density, colour, "density", "density"},
};

const Kind& entry_of(MetadataKind kind) {
  const auto index = static_cast<size_t>(kind);
  CHECK(index < std::size(kinds) && kinds[index].kind == kind);
  return kinds[index];
}

}  // namespace

MetadataClass class_of(MetadataKind kind) { return entry_of(kind).of; }
std::string_view kind_name(MetadataKind kind) { return entry_of(kind).name; }
std::string_view kind_description(MetadataKind kind) { return entry_of(kind).description; }

std::vector<MetadataKind> all_metadata_kinds() {
  std::vector<MetadataKind> all;
  for (const Kind& entry : kinds) all.push_back(entry.kind);
  return all;
}

}  // namespace faceveil

#include "redact/metadata_policy.h"

#include <algorithm>
#include <string>

namespace faceveil {
namespace {

using Keep = MetadataPolicy::Keep;
using Directory = ExifTag::Directory;

constexpr std::string_view policy_names[] = {"clean", "keep-dates", "keep-all"};
constexpr std::string_view fate_names[] = {"kept", "rewritten", "dropped"};

// Date, time, their zone and fractions, and the camera's make and model (EXIF 2.32, 4.6).
bool is_date_or_camera(const ExifTag& tag) {
  constexpr uint16_t main[] = {271, 272, 306};
  constexpr uint16_t exif[] = {36864, 36867, 36868, 36880, 36881, 36882, 37520, 37521, 37522};
  if (tag.directory == Directory::main) {
    return std::find(std::begin(main), std::end(main), tag.tag) != std::end(main);
  }
  return tag.directory == Directory::exif &&
         std::find(std::begin(exif), std::end(exif), tag.tag) != std::end(exif);
}

bool is_kept(const ExifTag& tag, const MetadataPolicy& policy) {
  if (tag.directory == Directory::gps) return policy.gps;
  return policy.keep == Keep::all || is_date_or_camera(tag);
}

bool keeps_words(const MetadataFinding& finding, const MetadataPolicy& policy) {
  const bool in_exif = finding.place == MetadataPlace::exif;
  switch (finding.kind) {
    case MetadataKind::exif:
      return true;
    case MetadataKind::date:
    case MetadataKind::camera:
      return policy.keep == Keep::all || in_exif;
    case MetadataKind::gps:
      return policy.gps && (policy.keep == Keep::all || in_exif);
    default:
      return policy.keep == Keep::all;
  }
}

bool is_block(MetadataKind kind) {
  return kind == MetadataKind::exif || kind == MetadataKind::xmp || kind == MetadataKind::iptc;
}

}  // namespace

std::string_view policy_name(Keep keep) { return policy_names[static_cast<size_t>(keep)]; }
std::string_view fate_name(MetadataFate fate) { return fate_names[static_cast<size_t>(fate)]; }

Result<Keep> parse_metadata_policy(std::string_view name) {
  for (const Keep keep : {Keep::nothing, Keep::dates, Keep::all}) {
    if (policy_name(keep) == name) return keep;
  }
  return fail(Error::Kind::bad_input,
              "\"{0}\" is not a policy for metadata; choose clean, keep-dates or keep-all.",
              {std::string(name)});
}

Status validate(const MetadataPolicy& policy) {
  if (!policy.gps || policy.keep != Keep::nothing) return {};
  return fail(Error::Kind::bad_input,
              "Positions are kept only with the policy keep-dates or keep-all.");
}

Metadata kept_of(Metadata read, const MetadataPolicy& policy) {
  if (policy.keep == Keep::nothing) return {};
  std::erase_if(read.tags, [&](const ExifTag& tag) { return !is_kept(tag, policy); });
  if (policy.keep == Keep::dates) return {std::move(read.tags), {}, {}, {}};
  if (!policy.gps) read.xmp = xmp_without_gps(read.xmp);
  return read;
}

Result<Metadata> kept_metadata(BytesView file, const MetadataPolicy& policy) {
  if (policy.keep == Keep::nothing) return Metadata();
  Metadata read = TRY(read_metadata(file));
  return kept_of(std::move(read), policy);
}

MetadataFate fate_of(const MetadataFinding& finding, const MetadataPolicy& policy) {
  if (class_of(finding.kind) == MetadataClass::colour) return MetadataFate::kept;
  const bool kept =
      finding.can_be_kept && policy.keep != Keep::nothing && keeps_words(finding, policy);
  if (!kept) return MetadataFate::dropped;
  return is_block(finding.kind) ? MetadataFate::rewritten : MetadataFate::kept;
}

}  // namespace faceveil

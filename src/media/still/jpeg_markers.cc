#include "media/still/jpeg_markers.h"

#include <algorithm>
#include <string_view>

#include "media/metadata/write.h"
#include "media/still/numbers.h"

namespace faceveil {
namespace {

using namespace jpeg_marker;
using namespace std::string_view_literals;

constexpr size_t jfif_bytes = 14;  // Without its thumbnail (JFIF 1.02, "JFIF APP0 marker segment").
constexpr size_t adobe_bytes = 12;  // All that Adobe's Technical Note 5116 knows.

bool begins(const JpegSegment& segment, std::string_view identifier) {
  return as_text(segment.content).starts_with(identifier);
}

bool is_jfif(const JpegSegment& segment) {
  return segment.marker == app0 && begins(segment, "JFIF\0"sv) &&
         segment.content.size() >= jfif_bytes;
}

bool is_icc(const JpegSegment& segment) {
  return segment.marker == app2 && begins(segment, "ICC_PROFILE\0"sv);
}

bool is_adobe(const JpegSegment& segment) {
  return segment.marker == app14 && begins(segment, "Adobe"sv) &&
         segment.content.size() >= adobe_bytes;
}

// The first JFIF segment, which must come first, its thumbnail's two sides set to 0.
void append_jfif(Bytes& to, const std::vector<JpegSegment>& segments) {
  const auto jfif = std::find_if(segments.begin(), segments.end(), is_jfif);
  if (jfif == segments.end()) return;
  Bytes content(jfif->content.begin(), jfif->content.begin() + jfif_bytes);
  content[jfif_bytes - 2] = content[jfif_bytes - 1] = std::byte{0};
  append_jpeg_segment(to, app0, "", content);
}

}  // namespace

Bytes kept_jpeg_markers(const std::vector<JpegSegment>& segments, Orientation orientation,
                        bool has_icc_profile, const Metadata& kept) {
  Bytes markers;
  append_jfif(markers, segments);
  append(markers, jpeg_metadata_segments(kept, orientation));
  for (const JpegSegment& segment : segments) {
    if (is_icc(segment) && has_icc_profile) append(markers, segment.whole);
    if (is_adobe(segment))
      append_jpeg_segment(markers, app14, "", segment.content.first(adobe_bytes));
  }
  return markers;
}

}  // namespace faceveil

#include <algorithm>
#include <string_view>

#include "media/still/jpeg.h"
#include "media/still/jpeg_decode.h"
#include "media/still/jpeg_segments.h"
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

// Tables, frames, scans and the end: what the picture is made of.
bool is_picture(const JpegSegment& segment) {
  const uint8_t marker = segment.marker;
  return (marker >= sof0 && marker <= sof15) || marker == dqt || marker == dri || marker == sos ||
         marker == eoi;
}

void append_segment(Bytes& to, uint8_t marker, BytesView content) {
  append_big(to, 0xff00u | marker, 2);
  append_big(to, static_cast<uint32_t>(content.size() + 2), 2);
  append(to, content);
}

// The first JFIF segment, which must come first, its thumbnail's two sides set to 0.
void append_jfif(Bytes& to, const std::vector<JpegSegment>& segments) {
  const auto jfif = std::find_if(segments.begin(), segments.end(), is_jfif);
  if (jfif == segments.end()) return;
  Bytes content(jfif->content.begin(), jfif->content.begin() + jfif_bytes);
  content[jfif_bytes - 2] = content[jfif_bytes - 1] = std::byte{0};
  append_segment(to, app0, content);
}

// The picture stays stored as it is; only this says which way up it is.
void append_orientation(Bytes& to, Orientation orientation) {
  if (orientation == Orientation::top_left) return;
  Bytes content;
  append(content, as_bytes("Exif\0\0"sv));
  append(content, orientation_exif(orientation));
  append_segment(to, app1, content);
}

Bytes picture_segments_only(const std::vector<JpegSegment>& segments, const DecodedJpeg& decoded) {
  Bytes kept;
  append(kept, segments.front().whole);  // SOI
  append_jfif(kept, segments);
  append_orientation(kept, decoded.orientation);
  for (const JpegSegment& segment : segments) {
    if (is_picture(segment)) append(kept, segment.whole);
    if (is_icc(segment) && decoded.has_icc_profile) append(kept, segment.whole);
    if (is_adobe(segment)) append_segment(kept, app14, segment.content.first(adobe_bytes));
  }
  return kept;
}

}  // namespace

Result<CleanCopy> copy_jpeg(BytesView bytes) {
  const DecodedJpeg decoded = TRY(decode_jpeg_fully(bytes));
  const auto segments = read_jpeg_segments(bytes);
  if (segments && !decoded.stray_bytes) {
    return CleanCopy{picture_segments_only(*segments, decoded), true};
  }
  Bytes again = TRY(encode_jpeg(decoded.still));
  return CleanCopy{std::move(again), false};
}

}  // namespace faceveil

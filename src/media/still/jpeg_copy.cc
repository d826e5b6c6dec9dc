#include "media/still/jpeg.h"
#include "media/still/jpeg_decode.h"
#include "media/still/jpeg_markers.h"
#include "media/still/jpeg_segments.h"
#include "media/still/numbers.h"

namespace faceveil {
namespace {

using namespace jpeg_marker;

// Tables, frames, scans and the end: what the picture is made of.
bool is_picture(const JpegSegment& segment) {
  const uint8_t marker = segment.marker;
  return (marker >= sof0 && marker <= sof15) || marker == dqt || marker == dri || marker == sos ||
         marker == eoi;
}

Bytes picture_segments_only(const std::vector<JpegSegment>& segments, const DecodedJpeg& decoded,
                            const Metadata& kept) {
  Bytes copy;
  append(copy, segments.front().whole);  // SOI
  append(copy, kept_jpeg_markers(segments, decoded.orientation, decoded.has_icc_profile, kept));
  for (const JpegSegment& segment : segments) {
    if (is_picture(segment)) append(copy, segment.whole);
  }
  return copy;
}

}  // namespace

Result<CleanCopy> copy_jpeg(BytesView bytes, const Metadata& kept) {
  const DecodedJpeg decoded = TRY(decode_jpeg_fully(bytes));
  const auto segments = read_jpeg_segments(bytes);
  if (segments && !decoded.stray_bytes) {
    return CleanCopy{picture_segments_only(*segments, decoded, kept), true};
  }
  Bytes again = TRY(encode_jpeg(decoded.still, kept));
  return CleanCopy{std::move(again), false};
}

}  // namespace faceveil

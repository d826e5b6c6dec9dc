#include "media/still/heif.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "media/metadata/isobmff.h"
#include "media/still/heif_encode.h"
#include "media/still/numbers.h"
#include "media/still/vips_wall.h"

namespace faceveil {
namespace {

std::string name_of(StillFormat format) { return format == StillFormat::avif ? "AVIF" : "HEIC"; }

// Whether the file type box, which comes first, names one of `brands` (ISO/IEC 14496-12, 4.3: four
// letters each, the major one at 8, a version at 12, compatible ones from 16 on).
bool names_brand(BytesView bytes, std::initializer_list<std::string_view> brands) {
  const std::string_view text = as_text(bytes);
  if (text.size() < 12 || text.substr(4, 4) != "ftyp") return false;
  const size_t box_bytes = std::min<size_t>(big_u32(bytes, 0), text.size());
  for (size_t at = 8; at + 4 <= box_bytes; at += at == 8 ? 8 : 4) {
    if (std::find(brands.begin(), brands.end(), text.substr(at, 4)) != brands.end()) return true;
  }
  return false;
}

// libheif makes an object of each box that stands in the file itself, however many there are.
Status check_box_count(BytesView bytes, StillFormat format) {
  if (read_boxes(bytes).boxes.size() < iso_boxes_max) return {};
  return fail(Error::Kind::over_limit, "The {0} file has more than {1} parts.",
              {name_of(format), std::to_string(iso_boxes_max - 1)});
}

Result<VipsImagePtr> open_heif(BytesView bytes, StillFormat format) {
  TRY(start_vips());
  TRY(check_box_count(bytes, format));
  VipsImage* image = nullptr;
  const int status =
      vips_heifload_buffer(const_cast<std::byte*>(bytes.data()), bytes.size(), &image, "access",
                           VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_WARNING, nullptr);
  return opened(status, image, name_of(format));
}

Result<StillHeader> read_header(BytesView bytes, StillFormat format) {
  const VipsImagePtr image = TRY(open_heif(bytes, format));
  return header_of(image.get(), format, Orientation::top_left);
}

Result<Still> decode(BytesView bytes, StillFormat format) {
  VipsImagePtr image = TRY(open_heif(bytes, format));
  Still still = TRY(decoded(std::move(image), format, Orientation::top_left, name_of(format)));
  still.traits.lossless = false;
  return still;
}

Result<CleanCopy> copy(BytesView bytes, StillFormat format, const Metadata& kept) {
  const Still still = TRY(decode(bytes, format));
  Bytes again = TRY(encode_heif(still, format, kept));
  return CleanCopy{std::move(again), false};
}

}  // namespace

bool sniff_avif(BytesView bytes) { return names_brand(bytes, {"avif", "avis"}); }

bool sniff_heic(BytesView bytes) {
  return names_brand(bytes, {"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"}) &&
         !sniff_avif(bytes);
}

Result<StillHeader> read_heic_header(BytesView bytes) {
  return read_header(bytes, StillFormat::heic);
}
Result<StillHeader> read_avif_header(BytesView bytes) {
  return read_header(bytes, StillFormat::avif);
}
Result<Still> decode_heic(BytesView bytes) { return decode(bytes, StillFormat::heic); }
Result<Still> decode_avif(BytesView bytes) { return decode(bytes, StillFormat::avif); }
Result<Bytes> encode_heic(const Still& still, const Metadata& kept) {
  return encode_heif(still, StillFormat::heic, kept);
}
Result<Bytes> encode_avif(const Still& still, const Metadata& kept) {
  return encode_heif(still, StillFormat::avif, kept);
}
Result<CleanCopy> copy_heic(BytesView bytes, const Metadata& kept) {
  return copy(bytes, StillFormat::heic, kept);
}
Result<CleanCopy> copy_avif(BytesView bytes, const Metadata& kept) {
  return copy(bytes, StillFormat::avif, kept);
}

}  // namespace faceveil

#include "app/server/jobs/display_picture.h"

#include "media/still.h"

namespace faceveil {

Result<DisplayPicture> display_picture(BytesView file) {
  const auto format = sniff_still(file);
  if (format == StillFormat::jpeg || format == StillFormat::png) {
    CleanCopy copy = TRY(copy_without_metadata(file));
    return DisplayPicture{std::move(copy.bytes), format_mime_type(*format)};
  }
  const Still still = TRY(decode_still(file));
  const bool lossy = still.format == StillFormat::heic || still.format == StillFormat::avif ||
                     !still.traits.lossless;
  const StillFormat shown =
      lossy && !has_alpha(still.image.format()) ? StillFormat::jpeg : StillFormat::png;
  Bytes bytes = TRY(encode_still(still, shown));
  return DisplayPicture{std::move(bytes), format_mime_type(shown)};
}

}  // namespace faceveil

#include "media/still/jpeg.h"

namespace faceveil {

Result<CleanCopy> copy_jpeg(BytesView bytes) {
  const Still still = TRY(decode_jpeg(bytes));
  Bytes again = TRY(encode_jpeg(still));
  return CleanCopy{std::move(again), false};
}

}  // namespace faceveil

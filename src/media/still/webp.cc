#include "media/still/webp.h"

#include <algorithm>
#include <string>

#include "media/metadata/write.h"
#include "media/still/riff_chunks.h"
#include "media/still/vips_wall.h"

namespace faceveil {
namespace {

const std::string webp_name = "WebP";

using Chunks = std::vector<RiffChunk>;

const RiffChunk* find(const Chunks& chunks, std::string_view type) {
  const auto found = std::find_if(chunks.begin(), chunks.end(),
                                  [&](const RiffChunk& chunk) { return chunk.type == type; });
  return found == chunks.end() ? nullptr : &*found;
}

bool is_animated(const Chunks& chunks) { return find(chunks, "ANIM") || find(chunks, "ANMF"); }

bool is_lossless(const Chunks& chunks) {
  if (const RiffChunk* frame = find(chunks, "ANMF")) return find(read_frame_chunks(*frame), "VP8L");
  return find(chunks, "VP8L");
}

// Only the extended layout, the one with VP8X, has a place for EXIF.
Orientation orientation_of(const Chunks& chunks) {
  const RiffChunk* exif = find(chunks, "VP8X") ? find(chunks, "EXIF") : nullptr;
  return exif ? prefixed_exif_orientation(exif->content) : Orientation::top_left;
}

// Ten bytes (section 2.7.1).
Bytes clean_header(BytesView vp8x) {
  constexpr size_t header_bytes = 10;
  Bytes content(vp8x.begin(), vp8x.end());
  content.resize(header_bytes);
  content[0] &= std::byte{webp_has_icc | webp_has_alpha};
  return content;
}

bool belongs_to_picture(std::string_view type) {
  return type == "VP8 " || type == "VP8L" || type == "ALPH" || type == "ICCP";
}

Bytes picture_chunks_only(const Chunks& chunks) {
  Bytes body;
  for (const RiffChunk& chunk : chunks) {
    if (chunk.type == "VP8X") append_riff_chunk(body, chunk.type, clean_header(chunk.content));
    if (belongs_to_picture(chunk.type)) append_riff_chunk(body, chunk.type, chunk.content);
  }
  return riff_file(body);
}

// The picture stays stored as it is; the EXIF chunk says which way up it is.
Result<Bytes> copied(const Chunks& chunks, Size upright, const Metadata& kept) {
  const Orientation orientation = orientation_of(chunks);
  const Size stored = upright_size(upright, orientation);  // Sides swap back as they swapped.
  return with_webp_metadata(picture_chunks_only(chunks), stored, kept, orientation);
}

Result<VipsImagePtr> open_webp(BytesView bytes) {
  TRY(start_vips());
  VipsImage* image = nullptr;
  const int status =
      vips_webpload_buffer(const_cast<std::byte*>(bytes.data()), bytes.size(), &image, "access",
                           VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_WARNING, nullptr);
  return opened(status, image, webp_name);
}

}  // namespace

bool sniff_webp(BytesView bytes) {
  const std::string_view text = as_text(bytes);
  return text.size() >= 12 && text.starts_with("RIFF") && text.substr(8, 4) == "WEBP";
}

Result<StillHeader> read_webp_header(BytesView bytes) {
  const Chunks chunks = TRY(read_riff_chunks(bytes));
  const VipsImagePtr image = TRY(open_webp(bytes));
  return header_of(image.get(), StillFormat::webp, orientation_of(chunks));
}

Result<Still> decode_webp(BytesView bytes) {
  const Chunks chunks = TRY(read_riff_chunks(bytes));
  VipsImagePtr image = TRY(open_webp(bytes));
  Still still =
      TRY(decoded(std::move(image), StillFormat::webp, orientation_of(chunks), webp_name));
  still.traits.lossless = is_lossless(chunks);
  return still;
}

Result<CleanCopy> copy_webp(BytesView bytes, const Metadata& kept) {
  const Still still = TRY(decode_webp(bytes));  // A damaged file must not pass for a clean one.
  const Chunks chunks = TRY(read_riff_chunks(bytes));
  if (!is_animated(chunks)) {
    Bytes copy = TRY(copied(chunks, still.image.size(), kept));
    return CleanCopy{std::move(copy), true};
  }
  Bytes again = TRY(encode_webp(still, kept));
  return CleanCopy{std::move(again), still.traits.lossless};
}

}  // namespace faceveil

#include <webp/encode.h>

#include <memory>
#include <string_view>

#include "media/metadata/write.h"
#include "media/still/numbers.h"
#include "media/still/riff_chunks.h"
#include "media/still/webp.h"

namespace faceveil {
namespace {

constexpr float lossy_quality = 95, lossless_effort = 75;

struct PictureFree {
  void operator()(WebPPicture* picture) const { WebPPictureFree(picture); }
};

WebPConfig config_of(const EncodingTraits& traits) {
  WebPConfig config;
  WebPConfigInit(&config);
  config.lossless = traits.lossless;
  config.exact = traits.lossless;  // Colours under transparent pixels stay.
  config.quality = traits.lossless ? lossless_effort : lossy_quality;
  return config;
}

int collect(const uint8_t* data, size_t size_bytes, const WebPPicture* picture) {
  append(*static_cast<Bytes*>(picture->custom_ptr), std::as_bytes(std::span(data, size_bytes)));
  return 1;
}

bool import(const Image& image, WebPPicture& picture) {
  const auto stride_bytes = static_cast<int>(image.stride_bytes());
  const auto* samples = image.row<uint8_t>(0);
  return has_alpha(image.format()) ? WebPPictureImportRGBA(&picture, samples, stride_bytes)
                                   : WebPPictureImportRGB(&picture, samples, stride_bytes);
}

// The coded picture as a file of its own, without profile. Empty where libwebp refuses.
Bytes encode_picture(const Still& still) {
  const WebPConfig config = config_of(still.traits);
  WebPPicture picture;
  if (!WebPPictureInit(&picture)) return {};
  const std::unique_ptr<WebPPicture, PictureFree> owner(&picture);
  Bytes file;
  picture.use_argb = config.lossless;
  picture.width = still.image.size().width;
  picture.height = still.image.size().height;
  picture.writer = collect;
  picture.custom_ptr = &file;
  if (!import(still.image, picture) || !WebPEncode(&config, &picture)) return {};
  return file;
}

Bytes extended_header(const Image& image) {
  Bytes header;
  append_little(header, uint32_t{webp_has_icc} | (has_alpha(image.format()) ? webp_has_alpha : 0),
                4);
  append_little(header, static_cast<uint32_t>(image.size().width - 1), 3);
  append_little(header, static_cast<uint32_t>(image.size().height - 1), 3);
  return header;
}

Bytes with_profile(const std::vector<RiffChunk>& picture, const Still& still) {
  Bytes body;
  append_riff_chunk(body, "VP8X", extended_header(still.image));
  append_riff_chunk(body, "ICCP", still.icc_profile);
  for (const RiffChunk& chunk : picture) {
    if (chunk.type != "VP8X") append_riff_chunk(body, chunk.type, chunk.content);
  }
  return riff_file(body);
}

}  // namespace

Result<Bytes> encode_webp(const Still& still, const Metadata& kept) {
  Bytes file = encode_picture(still);
  if (file.empty()) {
    return fail(Error::Kind::unsupported, "The picture cannot be written as {0}.", {"WebP"});
  }
  if (!still.icc_profile.empty()) {
    const std::vector<RiffChunk> picture = TRY(read_riff_chunks(file));
    file = with_profile(picture, still);
  }
  return with_webp_metadata(file, still.image.size(), kept, Orientation::top_left);
}

}  // namespace faceveil

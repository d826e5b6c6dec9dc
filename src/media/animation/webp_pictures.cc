// Animated WebP by libwebp's own decoder of animations, which holds two pictures.

#include <webp/demux.h>

#include <cstring>
#include <vector>

#include "base/limits.h"
#include "media/animation/pictures.h"
#include "media/still/riff_chunks.h"

namespace faceveil {
namespace {

const std::string animated_webp = "WebP";

struct Delete {
  void operator()(WebPDemuxer* demuxer) const { WebPDemuxDelete(demuxer); }
  void operator()(WebPAnimDecoder* decoder) const { WebPAnimDecoderDelete(decoder); }
};
using Demuxer = std::unique_ptr<WebPDemuxer, Delete>;
using Decoder = std::unique_ptr<WebPAnimDecoder, Delete>;

struct CodedPicture {
  int duration_ms = 0;
  bool lossless = false;
};

class WebpPictures : public AnimationPictures {
 public:
  WebpPictures(Decoder decoder, Size size, std::vector<CodedPicture> coded)
      : decoder_(std::move(decoder)), size_(size), coded_(std::move(coded)) {}

  Result<std::optional<AnimationPicture>> next() override {
    if (next_ == coded_.size()) return std::optional<AnimationPicture>();
    uint8_t* pixels = nullptr;
    int end_ms = 0;
    if (!WebPAnimDecoderGetNext(decoder_.get(), &pixels, &end_ms)) {
      return damaged_animation(animated_webp);
    }
    Image stored = TRY(Image::create(PixelFormat::rgba8, size_));
    std::memcpy(stored.data(), pixels, stored.size_bytes());
    AnimationPicture picture;
    picture.duration_ms = coded_[next_].duration_ms;
    picture.lossless = coded_[next_].lossless;
    picture.image = TRY(seen_pixels(stored));
    ++next_;
    return std::optional<AnimationPicture>(std::move(picture));
  }

 private:
  Decoder decoder_;
  Size size_;
  std::vector<CodedPicture> coded_;
  size_t next_ = 0;
};

bool is_lossless(const WebPData& picture) {
  constexpr int vp8l = 2;
  WebPBitstreamFeatures features;
  return WebPGetFeatures(picture.bytes, picture.size, &features) == VP8_STATUS_OK &&
         features.format == vp8l;
}

// Fewer than the header says where one is damaged.
std::vector<CodedPicture> coded_pictures(const WebPDemuxer* demuxer) {
  std::vector<CodedPicture> pictures;
  WebPIterator at;
  if (WebPDemuxGetFrame(demuxer, 1, &at)) {
    do {
      pictures.push_back({at.duration, is_lossless(at.fragment)});
    } while (WebPDemuxNextFrame(&at));
  }
  WebPDemuxReleaseIterator(&at);
  return pictures;
}

Decoder new_decoder(const WebPData& data) {
  WebPAnimDecoderOptions options;
  if (!WebPAnimDecoderOptionsInit(&options)) return nullptr;
  options.color_mode = MODE_RGBA;
  return Decoder(WebPAnimDecoderNew(&data, &options));
}

// The profile and which way up the pictures are, from the chunks beside them.
Status read_beside(BytesView file, OpenAnimation& open) {
  for (const RiffChunk& chunk : TRY(read_riff_chunks(file))) {
    if (chunk.type == "EXIF") open.orientation = prefixed_exif_orientation(chunk.content);
    if (chunk.type != "ICCP") continue;
    if (std::ssize(chunk.content) > limits::icc_profile_bytes_max) {
      return fail(Error::Kind::over_limit, "The colour profile is larger than {0} bytes.",
                  {std::to_string(limits::icc_profile_bytes_max)});
    }
    open.info.icc_profile.assign(chunk.content.begin(), chunk.content.end());
  }
  return {};
}

}  // namespace

Result<OpenAnimation> open_webp_pictures(BytesView file) {
  OpenAnimation open;
  TRY(read_beside(file, open));
  const WebPData data = {as_u8(file), file.size()};
  const Demuxer demuxer(WebPDemux(&data));
  if (!demuxer) return damaged_animation(animated_webp);
  const auto said = [&](WebPFormatFeature feature) {
    return WebPDemuxGetI(demuxer.get(), feature);
  };
  const Size size = {static_cast<int>(said(WEBP_FF_CANVAS_WIDTH)),
                     static_cast<int>(said(WEBP_FF_CANVAS_HEIGHT))};
  const int64_t count = said(WEBP_FF_FRAME_COUNT);
  TRY(check_animation(size, count));
  std::vector<CodedPicture> coded = coded_pictures(demuxer.get());
  Decoder decoder = new_decoder(data);
  if (!decoder || std::ssize(coded) != count) return damaged_animation(animated_webp);
  open.info.format = StillFormat::webp;
  open.info.size = size;
  open.info.picture_count = count;
  open.info.plays = static_cast<int>(said(WEBP_FF_LOOP_COUNT));
  for (const CodedPicture& picture : coded) open.info.shown_ms += shown_ms(picture.duration_ms);
  open.pictures = std::make_unique<WebpPictures>(std::move(decoder), size, std::move(coded));
  return open;
}

}  // namespace faceveil

#include "media/still/heif_encode.h"

#include <libheif/heif.h>

#include <memory>
#include <string>

#include "media/still/numbers.h"

namespace faceveil {
namespace {

constexpr int heif_quality = 90;

// Of pictures with more than 8 bits. 10 is what cameras and screens of this kind have; but
// libheif 1.15 asks libaom for a profile without 10 bits, at which libaom stops the process.
int deep_bits(StillFormat format) { return format == StillFormat::avif ? 12 : 10; }

template <auto release>
struct Release {
  template <typename Thing>
  void operator()(Thing* thing) const {
    release(thing);
  }
};
using Context = std::unique_ptr<heif_context, Release<heif_context_free>>;
using Encoder = std::unique_ptr<heif_encoder, Release<heif_encoder_release>>;
using Picture = std::unique_ptr<heif_image, Release<heif_image_release>>;
using Handle = std::unique_ptr<heif_image_handle, Release<heif_image_handle_release>>;

bool good(const heif_error& error) { return error.code == heif_error_Ok; }

// How libheif gets the samples.
struct Layout {
  heif_chroma chroma;
  int bits;
};

Layout layout_of(PixelFormat format, int bits) {
  const bool deep = bytes_per_sample(format) == 2;
  if (has_alpha(format)) {
    return deep ? Layout{heif_chroma_interleaved_RRGGBBAA_LE, bits}
                : Layout{heif_chroma_interleaved_RGBA, 8};
  }
  return deep ? Layout{heif_chroma_interleaved_RRGGBB_LE, bits}
              : Layout{heif_chroma_interleaved_RGB, 8};
}

template <typename Sample>
void fill_plane(const Image& image, int bits, uint8_t* plane, int stride_bytes) {
  const auto [width, height] = image.size();
  const int shift = 8 * static_cast<int>(sizeof(Sample)) - bits;
  const ptrdiff_t sample_count = ptrdiff_t{width} * image.channels();
  for (int y = 0; y < height; ++y) {
    const Sample* from = image.row<Sample>(y);
    auto* to = reinterpret_cast<Sample*>(plane + ptrdiff_t{y} * stride_bytes);
    for (ptrdiff_t i = 0; i < sample_count; ++i) to[i] = static_cast<Sample>(from[i] >> shift);
  }
}

Picture make_picture(const Still& still, StillFormat format) {
  const Layout layout = layout_of(still.image.format(), deep_bits(format));
  const auto [width, height] = still.image.size();
  heif_image* created = nullptr;
  if (!good(heif_image_create(width, height, heif_colorspace_RGB, layout.chroma, &created)))
    return nullptr;
  Picture picture(created);
  if (!good(heif_image_add_plane(created, heif_channel_interleaved, width, height, layout.bits))) {
    return nullptr;
  }
  int stride_bytes = 0;
  uint8_t* plane = heif_image_get_plane(created, heif_channel_interleaved, &stride_bytes);
  if (bytes_per_sample(still.image.format()) == 2) {
    fill_plane<uint16_t>(still.image, layout.bits, plane, stride_bytes);
  } else {
    fill_plane<uint8_t>(still.image, layout.bits, plane, stride_bytes);
  }
  const Bytes& profile = still.icc_profile;
  if (!profile.empty()) {
    heif_image_set_raw_color_profile(created, "prof", profile.data(), profile.size());
  }
  return picture;
}

// Colours at half resolution, as cameras write them: many decoders in hardware know nothing else.
// Of the presets the fast ones give the same quality at this rate (measured: docs/performance.md).
Encoder make_encoder(heif_context* context, StillFormat format) {
  const bool avif = format == StillFormat::avif;
  heif_encoder* created = nullptr;
  const heif_compression_format compression = avif ? heif_compression_AV1 : heif_compression_HEVC;
  if (!good(heif_context_get_encoder_for_format(context, compression, &created))) return nullptr;
  Encoder encoder(created);
  const bool set = good(heif_encoder_set_lossy_quality(created, heif_quality)) &&
                   good(heif_encoder_set_parameter_string(created, "chroma", "420")) &&
                   good(avif ? heif_encoder_set_parameter_integer(created, "speed", 8)
                             : heif_encoder_set_parameter_string(created, "preset", "ultrafast"));
  return set ? std::move(encoder) : nullptr;
}

heif_error collect(heif_context*, const void* data, size_t size_bytes, void* bytes) {
  append(*static_cast<Bytes*>(bytes), {static_cast<const std::byte*>(data), size_bytes});
  return {heif_error_Ok, heif_suberror_Unspecified, ""};
}

bool add_metadata(heif_context* context, heif_image_handle* picture, const Metadata& kept) {
  const Bytes exif = exif_block(kept.tags, Orientation::top_left);
  if (!exif.empty() && !good(heif_context_add_exif_metadata(context, picture, exif.data(),
                                                            static_cast<int>(exif.size())))) {
    return false;
  }
  return kept.xmp.empty() || good(heif_context_add_XMP_metadata(context, picture, kept.xmp.data(),
                                                                static_cast<int>(kept.xmp.size())));
}

// Empty where libheif refuses.
Bytes write_file(const Still& still, StillFormat format, const Metadata& kept) {
  const Context context(heif_context_alloc());
  const Encoder encoder = make_encoder(context.get(), format);
  const Picture picture = make_picture(still, format);
  if (!encoder || !picture) return {};
  heif_image_handle* created = nullptr;
  if (!good(heif_context_encode_image(context.get(), picture.get(), encoder.get(), nullptr,
                                      &created))) {
    return {};
  }
  const Handle handle(created);
  if (!add_metadata(context.get(), handle.get(), kept)) return {};
  Bytes file;
  heif_writer writer{1, collect};
  return good(heif_context_write(context.get(), &writer, &file)) ? file : Bytes();
}

}  // namespace

Result<Bytes> encode_heif(const Still& still, StillFormat format, const Metadata& kept) {
  Bytes file = write_file(still, format, kept);
  if (!file.empty()) return file;
  return fail(Error::Kind::unsupported, "The picture cannot be written as {0}.",
              {format == StillFormat::avif ? "AVIF" : "HEIC"});
}

}  // namespace faceveil

#include "media/still/vips_wall.h"

#include <algorithm>
#include <cstring>

#include "base/limits.h"
#include "media/still/inks.h"

namespace faceveil {
namespace {

void print_nothing(const gchar*, GLogLevelFlags, const gchar*, gpointer) {}

// Loaders of formats that we do not know are a door that nobody guards.
void block_other_loaders() {
  vips_block_untrusted_set(TRUE);
  vips_operation_block_set("VipsForeignLoad", TRUE);
  for (const char* ours : {"VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadTiff",
                           "VipsForeignLoadNsgif", "VipsForeignLoadHeif"}) {
    vips_operation_block_set(ours, FALSE);
  }
}

bool start_once() {
  const auto all_levels =
      static_cast<GLogLevelFlags>(G_LOG_LEVEL_MASK | G_LOG_FLAG_FATAL | G_LOG_FLAG_RECURSION);
  g_log_set_handler("VIPS", all_levels, print_nothing, nullptr);
  if (VIPS_INIT("faceveil") != 0) return false;
  vips_cache_set_max(0);
  vips_concurrency_set(1);
  block_other_loaders();
  return true;
}

// libvips keeps its messages for all threads together; ours do not use them.
tl::unexpected<Error> damaged(const std::string& format) {
  vips_error_clear();
  return fail(Error::Kind::bad_input, "The {0} file is damaged or cut short.", {format});
}

bool holds_inks(VipsImage* image) {
  return vips_image_get_interpretation(image) == VIPS_INTERPRETATION_CMYK;
}

bool holds_colours_or_grays(VipsImage* image) {
  const int bands = vips_image_get_bands(image);
  switch (vips_image_get_interpretation(image)) {
    case VIPS_INTERPRETATION_B_W:
    case VIPS_INTERPRETATION_GREY16:
      return bands == 1 || bands == 2;
    case VIPS_INTERPRETATION_sRGB:
    case VIPS_INTERPRETATION_RGB:
    case VIPS_INTERPRETATION_RGB16:
      return bands == 3 || bands == 4;
    case VIPS_INTERPRETATION_CMYK:
      return bands == 4;
    default:
      return false;
  }
}

Status check_kind(VipsImage* image, const std::string& format) {
  const VipsBandFormat samples = vips_image_get_format(image);
  if (samples != VIPS_FORMAT_UCHAR && samples != VIPS_FORMAT_USHORT) {
    return fail(
        Error::Kind::unsupported,
        "{0} files with signed, 32-bit or floating point samples are not supported; save it "
        "with 8 or 16 bits a sample first.",
        {format});
  }
  if (!holds_colours_or_grays(image)) {
    return fail(
        Error::Kind::unsupported,
        "{0} files with this kind of colours are not supported; save it as grey, RGB or CMYK "
        "first.",
        {format});
  }
  return {};
}

PixelFormat format_of(VipsImage* image) {
  const bool wide = vips_image_get_format(image) == VIPS_FORMAT_USHORT;
  return pixel_format(vips_image_get_bands(image), wide ? 2 : 1);
}

// What a thread of ours leaves in libvips' caches between calls is of no use to anybody.
struct ThreadEnd {
  ~ThreadEnd() { vips_thread_shutdown(); }
};

// Inks come as they are, in four channels.
Result<Image> read_pixels(VipsImage* image, const std::string& format) {
  const Size size{vips_image_get_width(image), vips_image_get_height(image)};
  Image pixels = TRY(Image::create(format_of(image), size));
  TRY(read_rows(image, 0, format, pixels));
  return pixels;
}

// A copy of the embedded profile; empty when there is none.
Result<Bytes> read_icc_profile(VipsImage* image) {
  const void* profile = nullptr;
  size_t size_bytes = 0;
  if (!vips_image_get_typeof(image, VIPS_META_ICC_NAME) ||
      vips_image_get_blob(image, VIPS_META_ICC_NAME, &profile, &size_bytes) != 0) {
    return Bytes();
  }
  TRY(check_icc_size(size_bytes));
  const auto* first = static_cast<const std::byte*>(profile);
  return Bytes(first, first + size_bytes);
}

// 0 where the file does not say.
void read_density(VipsImage* image, EncodingTraits& traits) {
  const double x = vips_image_get_xres(image), y = vips_image_get_yres(image);
  const bool said =
      x > 0 && y > 0 && (x != 1 || y != 1);  // libvips says 1 where the file is silent.
  traits.dots_per_inch_x = said ? x * mm_per_inch : 0;
  traits.dots_per_inch_y = said ? y * mm_per_inch : 0;
}

VipsInterpretation interpretation_of(PixelFormat format) {
  const bool gray = channel_count(format) <= 2;
  if (bytes_per_sample(format) == 2) {
    return gray ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_RGB16;
  }
  return gray ? VIPS_INTERPRETATION_B_W : VIPS_INTERPRETATION_sRGB;
}

Result<VipsImagePtr> wrapped_pixels(const Image& image, VipsInterpretation interpretation,
                                    const EncodingTraits& traits) {
  TRY(start_vips());
  const VipsBandFormat samples =
      bytes_per_sample(image.format()) == 2 ? VIPS_FORMAT_USHORT : VIPS_FORMAT_UCHAR;
  VipsImage* view = vips_image_new_from_memory(image.data(), image.size_bytes(), image.size().width,
                                               image.size().height, image.channels(), samples);
  if (!view) return fail(Error::Kind::over_limit, "There is not enough memory for the picture.");
  VipsImagePtr owner(view);
  const bool said = says_density(traits);
  vips_image_init_fields(view, image.size().width, image.size().height, image.channels(), samples,
                         VIPS_CODING_NONE, interpretation,
                         said ? traits.dots_per_inch_x / mm_per_inch : 1,
                         said ? traits.dots_per_inch_y / mm_per_inch : 1);
  return owner;
}

void attach_icc_profile(VipsImage* image, const Bytes& profile) {
  if (profile.empty()) return;
  vips_image_set_blob_copy(image, VIPS_META_ICC_NAME, profile.data(), profile.size());
}

}  // namespace

Status start_vips() {
  static const bool started = start_once();
  if (started) return {};
  return fail(Error::Kind::unsupported, "The picture library libvips does not start.");
}

Result<VipsImagePtr> opened(int status, VipsImage* image, const std::string& format) {
  VipsImagePtr owner(image);
  if (status != 0 || !image) return damaged(format);
  TRY(check_kind(image, format));
  TRY(Image::check(format_of(image), {vips_image_get_width(image), vips_image_get_height(image)}));
  return owner;
}

Status read_rows(VipsImage* image, int first_row, const std::string& format, Image& pixels) {
  struct RegionRelease {
    void operator()(VipsRegion* region) const { g_object_unref(region); }
  };
  const ThreadEnd thread_end;
  const std::unique_ptr<VipsRegion, RegionRelease> region(vips_region_new(image));
  constexpr int strip_height = 16;
  const auto [width, height] = pixels.size();
  for (int top = 0; top < height; top += strip_height) {
    const VipsRect strip{0, first_row + top, width, std::min(strip_height, height - top)};
    if (vips_region_prepare(region.get(), &strip) != 0) return damaged(format);
    for (int y = top; y < top + strip.height; ++y) {
      std::memcpy(pixels.row<std::byte>(y), VIPS_REGION_ADDR(region.get(), 0, first_row + y),
                  static_cast<size_t>(pixels.stride_bytes()));
    }
  }
  return {};
}

Result<Still> decoded(VipsImagePtr image, StillFormat still_format, Orientation orientation,
                      const std::string& format) {
  Still still;
  still.format = still_format;
  read_density(image.get(), still.traits);
  if (swaps_sides(orientation)) {
    std::swap(still.traits.dots_per_inch_x, still.traits.dots_per_inch_y);
  }
  still.icc_profile = TRY(read_icc_profile(image.get()));
  const bool inks = holds_inks(image.get());
  Image stored = TRY(read_pixels(image.get(), format));
  image.reset();  // Some decoders hold a whole picture of their own.
  if (inks) {
    stored = TRY(inks_to_rgb(stored, still.icc_profile));
    still.icc_profile.clear();
  }
  still.image = TRY(turned_upright(std::move(stored), orientation));
  return still;
}

StillHeader header_of(VipsImage* image, StillFormat format, Orientation orientation) {
  const Size stored{vips_image_get_width(image), vips_image_get_height(image)};
  return {format, upright_size(stored, orientation)};
}

bool says_density(const EncodingTraits& traits) {
  return traits.dots_per_inch_x > 0 && traits.dots_per_inch_y > 0;
}

Result<VipsImagePtr> wrapped(const Still& still) {
  VipsImagePtr image =
      TRY(wrapped_pixels(still.image, interpretation_of(still.image.format()), still.traits));
  attach_icc_profile(image.get(), still.icc_profile);
  return image;
}

Result<Bytes> saved(int status, void* buffer, size_t size_bytes, const std::string& format) {
  const std::unique_ptr<void, decltype(&g_free)> owner(buffer, g_free);
  if (status != 0 || !buffer) {
    vips_error_clear();
    return fail(Error::Kind::unsupported, "The picture cannot be written as {0}.", {format});
  }
  const auto* first = static_cast<const std::byte*>(buffer);
  return Bytes(first, first + size_bytes);
}

Result<Image> inks_through_profile(const Image& inks, const Bytes& icc_profile) {
  const VipsImagePtr view = TRY(wrapped_pixels(inks, VIPS_INTERPRETATION_CMYK, {}));
  attach_icc_profile(view.get(), icc_profile);
  VipsImage* colours = nullptr;
  const int depth = 8 * bytes_per_sample(inks.format());
  const int status = vips_icc_transform(view.get(), &colours, "srgb", "embedded", TRUE, "depth",
                                        depth, "black_point_compensation", TRUE, nullptr);
  const VipsImagePtr owner = TRY(opened(status, colours, "ICC"));
  return read_pixels(colours, "ICC");
}

Status check_icc_size(size_t size_bytes) {
  if (static_cast<int64_t>(size_bytes) <= limits::icc_profile_bytes_max) return {};
  return fail(Error::Kind::over_limit, "The colour profile is larger than {0} bytes.",
              {std::to_string(limits::icc_profile_bytes_max)});
}

}  // namespace faceveil

// The wall around libvips: everything of it that the formats share. One thread a call, no cache,
// only the loaders of our own formats, and no word on standard error.
#pragma once

#include <vips/vips.h>

#include <memory>
#include <string>

#include "media/orientation.h"
#include "media/still.h"

namespace faceveil {

struct VipsRelease {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using VipsImagePtr = std::unique_ptr<VipsImage, VipsRelease>;

// Starts libvips at the first call; cheap and safe from any thread afterwards. It takes about 50
// ms, which JPEG files do not pay. Errors: unsupported when the library does not start.
Status start_vips();

// Takes over what a vips_*load_buffer call gave: `image` when `status` is 0. Checks kind of samples
// and size, before any pixel is decoded. `format` is for the message. Errors: bad_input,
// unsupported, over_limit.
Result<VipsImagePtr> opened(int status, VipsImage* image, const std::string& format);

// The picture and all that still.h keeps of it. Rows are decoded on this thread, from top to
// bottom, a strip at a time; inks become RGB; then the decoder is let go and the picture turned
// upright. Errors: bad_input when a row cannot be decoded; over_limit.
Result<Still> decoded(VipsImagePtr, StillFormat, Orientation, const std::string& format);

// The rows from `first_row` on that `pixels` has room for, as they are stored, on this thread; of
// an image opened for sequential access never earlier ones than before. Errors: bad_input.
Status read_rows(VipsImage*, int first_row, const std::string& format, Image& pixels);

// The header of the same.
StillHeader header_of(VipsImage*, StillFormat, Orientation);

// The still as libvips sees it, without copying its pixels: the still must outlive it.
Result<VipsImagePtr> wrapped(const Still&);

// Whether the traits hold a density.
bool says_density(const EncodingTraits&);

// Takes over what a vips_*save_buffer call gave, and releases it.
Result<Bytes> saved(int status, void* buffer, size_t size_bytes, const std::string& format);

// Inks (as in inks.h) as sRGB with as many bits. Errors: bad_input, unsupported where the profile
// is not one for inks; over_limit.
Result<Image> inks_through_profile(const Image& inks, const Bytes& icc_profile);

// Errors: over_limit above limits::icc_profile_bytes_max.
Status check_icc_size(size_t size_bytes);

}  // namespace faceveil

// Where the pictures of an animation come from: one file a format.
#pragma once

#include "media/animation.h"

namespace faceveil {

// What opening a file gives. The bytes must outlive the pictures.
struct OpenAnimation {
  AnimationInfo info;  // Without `words` and `further`; size as stored.
  Orientation orientation = Orientation::top_left;
  std::unique_ptr<AnimationPictures> pictures;
};

Result<OpenAnimation> open_gif_pictures(BytesView file);
Result<OpenAnimation> open_webp_pictures(BytesView file);

// Errors: over_limit, before the memory for a picture is taken.
Status check_animation(Size, int64_t picture_count);

tl::unexpected<Error> damaged_animation(const std::string& format);

// The same picture as rgba8, with zeros wherever nothing is seen: what has no colour may not carry
// any. Errors: over_limit.
Result<Image> seen_pixels(const Image&);

}  // namespace faceveil

// Animations made by us from single frames, as other programs write them: rectangles laid over each
// other, with all ways to go on from one to the next.
#pragma once

#include <random>
#include <vector>

#include "base/bytes.h"
#include "media/image.h"

namespace faceveil::test {

// What becomes of a frame before the next one: GIF's numbers.
enum class Disposal : uint8_t { stays = 1, clears = 2, goes_back = 3 };

struct DrawnFrame {
  int x = 0, y = 0;
  Image image;  // rgba8. For a GIF: at most 127 colours, all or nothing.
  int duration_ms = 100;
  Disposal disposal = Disposal::stays;  // WebP does not know goes_back.
  bool blends = true;                   // Else what is transparent goes. GIF always blends.
};

// Frames by lot, of few colours, that lie in the picture; the first one may not fill it.
std::vector<DrawnFrame> random_frames(Size, int count, bool can_go_back, std::mt19937&);

// `plays`: 0 for ever. With `words` a comment and XMP stand in the file (EXIF and XMP in a WebP).
Bytes gif_of(Size, const std::vector<DrawnFrame>&, int plays, bool words);
Bytes webp_of(Size, const std::vector<DrawnFrame>&, int plays, bool words);

// What a person sees, picture by picture, by the plain rules: rgba8, zeros where nothing is.
std::vector<Image> seen_pictures(Size, const std::vector<DrawnFrame>&);

}  // namespace faceveil::test

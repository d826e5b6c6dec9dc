// The palette of one picture of an animated GIF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace faceveil {

using Rgb = uint32_t;  // 0xRRGGBB.

// All of `exact`, and as good a choice for `approximate` as there is room for in `size_max` colours
// together. Both may hold a colour many times; approximate ones that come oftener count more. The
// result depends on what is given only, not on its order. `exact` has at most `size_max` different
// ones.
class GifColours {
 public:
  GifColours(std::vector<Rgb> exact, std::vector<Rgb> approximate, size_t size_max);

  const std::vector<Rgb>& palette() const { return palette_; }
  // Of an exact colour its own place, of an approximate one that of the colour chosen for it.
  uint8_t place_of(Rgb) const;

 private:
  struct Choice {
    Rgb colour;
    uint8_t place;
  };
  std::vector<Rgb> palette_;
  std::vector<Choice> choices_;  // Sorted by colour.
};

// How many different colours there are, counted up to `most` + 1.
size_t count_colours(std::vector<Rgb> colours, size_t most);

}  // namespace faceveil

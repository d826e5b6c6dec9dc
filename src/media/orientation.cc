#include "media/orientation.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "media/metadata/tiff_structure.h"

namespace faceveil {
namespace {

constexpr uint16_t orientation_tag = 274;

// Where stored pixels lie, seen from the upright picture: pixel (x, y) of the upright picture is
// stored pixel number first + x * across + y * down.
struct Walk {
  ptrdiff_t first, across, down;
};

Walk walk_of(Size stored, Orientation orientation) {
  const ptrdiff_t w = stored.width, h = stored.height;
  switch (orientation) {
    case Orientation::top_left:
      return {0, 1, w};
    case Orientation::top_right:
      return {w - 1, -1, w};
    case Orientation::bottom_right:
      return {w * h - 1, -1, -w};
    case Orientation::bottom_left:
      return {w * (h - 1), 1, -w};
    case Orientation::left_top:
      return {0, w, 1};
    case Orientation::right_top:
      return {w * (h - 1), -w, 1};
    case Orientation::right_bottom:
      return {w * h - 1, -w, -1};
    case Orientation::left_bottom:
      return {w - 1, w, -1};
  }
  return {0, 1, w};
}

// In squares that fit the first-level cache, as one of the two pictures is walked down its columns.
template <size_t pixel_bytes>
void turn(const Image& stored, const Walk& walk, Image& upright) {
  constexpr int square = 32;
  const auto [width, height] = upright.size();
  for (int top = 0; top < height; top += square) {
    for (int left = 0; left < width; left += square) {
      const int bottom = std::min(top + square, height), right = std::min(left + square, width);
      for (int y = top; y < bottom; ++y) {
        std::byte* to = upright.data() + (ptrdiff_t{y} * width + left) * ptrdiff_t{pixel_bytes};
        const std::byte* from = stored.data() + (walk.first + left * walk.across + y * walk.down) *
                                                    ptrdiff_t{pixel_bytes};
        for (int x = left; x < right; ++x) {
          std::memcpy(to, from, pixel_bytes);
          to += pixel_bytes;
          from += walk.across * ptrdiff_t{pixel_bytes};
        }
      }
    }
  }
}

void turn_any(const Image& stored, const Walk& walk, Image& upright) {
  switch (stored.channels() * bytes_per_sample(stored.format())) {
    case 1:
      return turn<1>(stored, walk, upright);
    case 2:
      return turn<2>(stored, walk, upright);
    case 3:
      return turn<3>(stored, walk, upright);
    case 4:
      return turn<4>(stored, walk, upright);
    case 6:
      return turn<6>(stored, walk, upright);
    case 8:
      return turn<8>(stored, walk, upright);
  }
}

}  // namespace

bool swaps_sides(Orientation orientation) { return orientation >= Orientation::left_top; }

bool mirrors_columns(Orientation orientation) {
  return orientation == Orientation::top_right || orientation == Orientation::bottom_right ||
         orientation == Orientation::right_bottom || orientation == Orientation::left_bottom;
}

bool mirrors_rows(Orientation orientation) {
  return orientation == Orientation::bottom_right || orientation == Orientation::bottom_left ||
         orientation == Orientation::right_top || orientation == Orientation::right_bottom;
}

Size upright_size(Size stored, Orientation orientation) {
  return swaps_sides(orientation) ? Size{stored.height, stored.width} : stored;
}

Orientation reversed(Orientation orientation) {
  if (orientation == Orientation::right_top) return Orientation::left_bottom;
  if (orientation == Orientation::left_bottom) return Orientation::right_top;
  return orientation;
}

Rect stored_rect(const Rect& upright, Size stored, Orientation orientation) {
  Rect rect = upright;
  if (swaps_sides(orientation)) rect = {rect.y, rect.x, rect.height, rect.width};
  if (mirrors_columns(orientation)) rect.x = static_cast<float>(stored.width) - rect.right();
  if (mirrors_rows(orientation)) rect.y = static_cast<float>(stored.height) - rect.bottom();
  return rect;
}

Orientation exif_orientation(BytesView tiff) {
  std::optional<TiffStructure> structure = TiffStructure::open(tiff);
  if (!structure || structure->is_big()) return Orientation::top_left;
  const TiffDirectory directory = structure->read_directory(structure->first_directory());
  const TiffEntry* const entry = directory.find(orientation_tag);
  if (!entry || entry->type != tiff_type::u16 || entry->count != 1) return Orientation::top_left;
  const std::vector<uint64_t> values = structure->numbers(*entry);
  const bool known = !values.empty() && values[0] >= 1 && values[0] <= 8;
  return known ? static_cast<Orientation>(values[0]) : Orientation::top_left;
}

Orientation prefixed_exif_orientation(BytesView exif) {
  using namespace std::string_view_literals;
  const bool prefixed = as_text(exif).starts_with("Exif\0\0"sv);
  return exif_orientation(prefixed ? exif.subspan(6) : exif);
}

Result<Image> turned_upright(Image stored, Orientation orientation) {
  if (orientation == Orientation::top_left) return stored;
  Image upright = TRY(Image::create(stored.format(), upright_size(stored.size(), orientation)));
  turn_any(stored, walk_of(stored.size(), orientation), upright);
  return upright;
}

}  // namespace faceveil

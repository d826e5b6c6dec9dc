#include <algorithm>
#include <vector>

#include "media/still/bmp.h"
#include "media/still/bmp_layout.h"

namespace faceveil {
namespace {

using bmp::BitField;
using bmp::damaged;
using bmp::Layout;
using bmp::Packing;

struct Colour {
  uint8_t red = 0, green = 0, blue = 0;
};

std::vector<Colour> read_colours(const Layout& layout) {
  std::vector<Colour> colours(layout.palette.size() / layout.palette_entry_bytes);
  const uint8_t* entry = as_u8(layout.palette);
  for (Colour& colour : colours) {
    colour = {entry[2], entry[1], entry[0]};
    entry += layout.palette_entry_bytes;
  }
  return colours;
}

// Rows are stored from the bottom up unless the height is negative.
int stored_row(const Layout& layout, int y) {
  return layout.top_down ? y : layout.size.height - 1 - y;
}

void put(Image& image, int x, int y, Colour colour) {
  uint8_t* pixel = image.row<uint8_t>(y) + ptrdiff_t{x} * image.channels();
  pixel[0] = colour.red;
  if (image.channels() > 1) pixel[1] = colour.green, pixel[2] = colour.blue;
}

// --- Plain rows
// -----------------------------------------------------------------------------------

// Palette numbers of 1 to 8 bits, the leftmost pixel in the highest bits. False for a number that
// the palette does not have.
bool read_palette_row(const uint8_t* from, int bits, const std::vector<Colour>& colours, int y,
                      Image& image) {
  const int per_byte = 8 / bits, mask = (1 << bits) - 1;
  for (int x = 0; x < image.size().width; ++x) {
    const int shift = 8 - bits * (x % per_byte + 1);
    const auto number = static_cast<size_t>(from[x / per_byte] >> shift & mask);
    if (number >= colours.size()) return false;
    put(image, x, y, colours[number]);
  }
  return true;
}

void read_24_bit_row(const uint8_t* from, int width, uint8_t* to) {
  for (int x = 0; x < width; ++x, from += 3, to += 3) {
    to[0] = from[2], to[1] = from[1], to[2] = from[0];
  }
}

// The channel's value, from its own maximum to 255; a channel that is not there is full, as alpha.
uint8_t channel_value(uint32_t pixel, const BitField& field) {
  if (field.mask == 0) return 0;
  const uint64_t most = field.mask >> field.shift;
  const uint64_t value = (pixel & field.mask) >> field.shift;
  return static_cast<uint8_t>((value * 255 + most / 2) / most);
}

void read_field_row(const uint8_t* from, const Layout& layout, int channels, uint8_t* to) {
  const int pixel_bytes = layout.bits_per_pixel / 8;
  for (int x = 0; x < layout.size.width; ++x, from += pixel_bytes, to += channels) {
    uint32_t pixel = 0;
    for (int i = 0; i < pixel_bytes; ++i) pixel |= static_cast<uint32_t>(from[i]) << (8 * i);
    for (int c = 0; c < channels; ++c) to[c] = channel_value(pixel, layout.fields[c]);
  }
}

Status read_plain(const Layout& layout, const std::vector<Colour>& colours, Image& image) {
  const auto [width, height] = layout.size;
  const size_t row_bits = static_cast<size_t>(width) * static_cast<size_t>(layout.bits_per_pixel);
  const size_t row_bytes = (row_bits + 7) / 8,
               stride = (row_bits + 31) / 32 * 4;  // Rows fill words.
  if (layout.pixels.size() < stride * static_cast<size_t>(height - 1) + row_bytes) return damaged();
  for (int y = 0; y < height; ++y) {
    const uint8_t* from =
        as_u8(layout.pixels) + stride * static_cast<size_t>(stored_row(layout, y));
    if (layout.bits_per_pixel <= 8) {
      if (!read_palette_row(from, layout.bits_per_pixel, colours, y, image)) return damaged();
    } else if (layout.bits_per_pixel == 24) {
      read_24_bit_row(from, width, image.row<uint8_t>(y));
    } else {
      read_field_row(from, layout, image.channels(), image.row<uint8_t>(y));
    }
  }
  return {};
}

// --- Runs
// -----------------------------------------------------------------------------------------

// Reads RLE4 and RLE8: pairs of bytes, either a run (count, numbers) or, after 0, a command. Pixels
// that no run reaches keep the palette's first colour.
class RunReader {
 public:
  RunReader(const Layout& layout, const std::vector<Colour>& colours, Image& image)
      : bits_(layout.bits_per_pixel), bytes_(layout.pixels), colours_(colours), image_(image) {}

  // False where the runs are damaged or end without the command that ends the picture.
  bool read() {
    fill_with_first_colour();
    while (!at_end_) {
      if (bytes_.size() - at_ < 2) return false;
      const uint8_t count = next(), value = next();
      if (!(count > 0 ? paint_run(count, value) : obey(value))) return false;
    }
    return true;
  }

 private:
  enum Command : uint8_t { end_of_line = 0, end_of_picture = 1, move = 2 };

  uint8_t next() { return as_u8(bytes_)[at_++]; }

  void fill_with_first_colour() {
    if (colours_.empty()) return;
    for (int y = 0; y < image_.size().height; ++y) {
      for (int x = 0; x < image_.size().width; ++x) put(image_, x, y, colours_[0]);
    }
  }

  bool paint(size_t number) {
    const auto [width, height] = image_.size();
    if (number >= colours_.size() || x_ >= width || line_ >= height) return false;
    put(image_, x_++, height - 1 - line_, colours_[number]);
    return true;
  }

  // The number of pixel i of a byte (RLE8) or of pairs of half bytes (RLE4).
  size_t number_of(uint8_t value, int i) const {
    return bits_ == 8 ? value : i % 2 == 0 ? value >> 4 : value & 15;
  }

  bool paint_run(int count, uint8_t value) {
    for (int i = 0; i < count; ++i) {
      if (!paint(number_of(value, i))) return false;
    }
    return true;
  }

  // `count` numbers one by one, filled up to an even number of bytes.
  bool paint_literal(int count) {
    const size_t byte_count = static_cast<size_t>(count * bits_ + 7) / 8,
                 padded = byte_count + byte_count % 2;
    if (bytes_.size() - at_ < padded) return false;
    for (int i = 0; i < count; ++i) {
      const uint8_t value = as_u8(bytes_)[at_ + static_cast<size_t>(i * bits_ / 8)];
      if (!paint(number_of(value, i))) return false;
    }
    at_ += padded;
    return true;
  }

  bool obey(uint8_t command) {
    if (command == end_of_line) {
      x_ = 0;
      return ++line_ <= image_.size().height;
    }
    if (command == end_of_picture) return at_end_ = true;
    if (command != move) return paint_literal(command);
    if (bytes_.size() - at_ < 2) return false;
    x_ += next();
    line_ += next();
    return x_ <= image_.size().width && line_ <= image_.size().height;
  }

  int bits_;
  BytesView bytes_;
  const std::vector<Colour>& colours_;
  Image& image_;
  size_t at_ = 0;
  int x_ = 0, line_ = 0;  // Lines count from the bottom.
  bool at_end_ = false;
};

// ------------------------------------------------------------------------------------------------

bool all_gray(const std::vector<Colour>& colours) {
  return std::all_of(colours.begin(), colours.end(),
                     [](Colour c) { return c.red == c.green && c.green == c.blue; });
}

PixelFormat format_of(const Layout& layout, const std::vector<Colour>& colours) {
  if (layout.has_alpha()) return PixelFormat::rgba8;
  return layout.bits_per_pixel <= 8 && all_gray(colours) ? PixelFormat::gray8 : PixelFormat::rgb8;
}

Result<Image> read_image(const Layout& layout) {
  const std::vector<Colour> colours = read_colours(layout);
  Image image = TRY(Image::create(format_of(layout, colours), layout.size));
  if (layout.packing == Packing::rle8 || layout.packing == Packing::rle4) {
    if (!RunReader(layout, colours, image).read()) return damaged();
  } else {
    TRY(read_plain(layout, colours, image));
  }
  return image;
}

}  // namespace

bool sniff_bmp(BytesView bytes) { return as_text(bytes).starts_with("BM"); }

Result<StillHeader> read_bmp_header(BytesView bytes) {
  const Layout layout = TRY(bmp::read_layout(bytes));
  return StillHeader{StillFormat::bmp, layout.size};
}

Result<Still> decode_bmp(BytesView bytes) {
  const Layout layout = TRY(bmp::read_layout(bytes));
  Still still;
  still.format = StillFormat::bmp;
  still.image = TRY(read_image(layout));
  still.traits.dots_per_inch_x = layout.dots_per_inch_x;
  still.traits.dots_per_inch_y = layout.dots_per_inch_y;
  still.icc_profile.assign(layout.icc_profile.begin(), layout.icc_profile.end());
  return still;
}

}  // namespace faceveil

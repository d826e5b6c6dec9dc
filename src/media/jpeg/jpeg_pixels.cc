// From coefficients to pixels: at full size by libjpeg, reduced by our own transform.
#include <algorithm>

#include "base/check.h"
#include "media/jpeg/block_transform.h"
#include "media/jpeg/jpeg_state.h"
#include "media/still/jpeg.h"
#include "media/ycc.h"

namespace faceveil {
namespace {

// How many samples of one block go into the reduced picture along one side: a component that is
// sampled coarsely is reduced less.
int samples_of_block(int denominator, int pixels_a_sample) {
  return std::clamp(jpeg_block_side * pixels_a_sample / denominator, 1, jpeg_block_side);
}

// One component, reduced, a whole number of blocks.
struct ReducedPlane {
  int across, down;        // Samples of one block.
  int pixels_x, pixels_y;  // Pixels of the reduced picture that one sample covers.
  ptrdiff_t stride;
  std::vector<uint8_t> values;

  uint8_t at(int x, int y) const {
    return values[static_cast<size_t>(y / pixels_y * stride + x / pixels_x)];
  }
};

int pixels_of_sample(int denominator, int pixels_a_sample, int samples_a_block) {
  return std::max(1, jpeg_block_side * pixels_a_sample / denominator / samples_a_block);
}

void fill_block(const int16_t* coefficients, const JpegComponent& component, ReducedPlane& plane,
                int block_x, int block_y) {
  float samples[jpeg_block_values];
  inverse_transform(coefficients, component.quantisation, plane.across, plane.down, samples);
  for (int y = 0; y < plane.down; ++y) {
    uint8_t* row = plane.values.data() + (block_y * plane.down + y) * plane.stride +
                   ptrdiff_t{block_x} * plane.across;
    for (int x = 0; x < plane.across; ++x) {
      row[x] = static_cast<uint8_t>(samples[y * plane.across + x] + 0.5f);
    }
  }
}

void write_row(const std::vector<ReducedPlane>& planes, JpegColours colours, int y, int width,
               uint8_t* row) {
  if (colours == JpegColours::gray) {
    for (int x = 0; x < width; ++x) row[x] = planes[0].at(x, y);
    return;
  }
  for (int x = 0; x < width; ++x, row += 3) {
    const std::array<float, 3> values = {static_cast<float>(planes[0].at(x, y)),
                                         static_cast<float>(planes[1].at(x, y)),
                                         static_cast<float>(planes[2].at(x, y))};
    const auto rgb = colours == JpegColours::ycc ? ycc_to_rgb(values) : values;
    for (size_t c = 0; c < 3; ++c) row[c] = to_byte(rgb[c]);
  }
}

}  // namespace

Result<Still> JpegPicture::decode() const {
  CHECK(!obstacle());
  if (state_->scan) {
    const Bytes file = TRY(write(false));
    return decode_jpeg(file);
  }
  JpegReader& reader = state_->reader;
  jpeg_decompress_struct& info = reader.info;
  const PixelFormat format =
      colours() == JpegColours::gray ? PixelFormat::gray8 : PixelFormat::rgb8;
  Image stored = TRY(Image::create(format, stored_size()));
  const bool done = guarded(reader.errors, [&] {
    jpeg_start_output(&info, info.input_scan_number);
    read_rows(info, stored);
    jpeg_finish_output(&info);
  });
  if (!done) return jpeg_failure(reader.errors);
  Still still;
  still.format = StillFormat::jpeg;
  still.traits = read_traits(reader, orientation());
  still.icc_profile = state_->icc_profile;
  still.image = TRY(turned_upright(std::move(stored), orientation()));
  return still;
}

Result<Image> JpegPicture::reduced(int denominator) const {
  CHECK(!obstacle());
  CHECK(denominator == 1 || denominator == 2 || denominator == 4 || denominator == 8);
  const Size size = {(stored_size().width + denominator - 1) / denominator,
                     (stored_size().height + denominator - 1) / denominator};
  const PixelFormat format =
      colours() == JpegColours::gray ? PixelFormat::gray8 : PixelFormat::rgb8;
  Image image = TRY(Image::create(format, size));
  std::vector<ReducedPlane> planes;
  for (size_t c = 0; c < components().size(); ++c) {
    const JpegComponent& component = components()[c];
    ReducedPlane plane;
    plane.across = samples_of_block(denominator, component.pixels_across);
    plane.down = samples_of_block(denominator, component.pixels_down);
    plane.pixels_x = pixels_of_sample(denominator, component.pixels_across, plane.across);
    plane.pixels_y = pixels_of_sample(denominator, component.pixels_down, plane.down);
    plane.stride = ptrdiff_t{component.blocks.width} * plane.across;
    plane.values.resize(static_cast<size_t>(plane.stride * component.blocks.height * plane.down));
    for (int y = 0; y < component.blocks.height; ++y) {
      for (int x = 0; x < component.blocks.width; ++x) {
        fill_block(state_->block(c, x, y), component, plane, x, y);
      }
    }
    planes.push_back(std::move(plane));
  }
  for (int y = 0; y < size.height; ++y) {
    write_row(planes, colours(), y, size.width, image.row<uint8_t>(y));
  }
  return turned_upright(std::move(image), orientation());
}

}  // namespace faceveil

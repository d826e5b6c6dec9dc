#include "redact/veil.h"

#include <array>
#include <cmath>
#include <complex>
#include <optional>

#include "redact/colour.h"
#include "redact/veil_shade.h"

namespace faceveil {
namespace {

constexpr int direction_count = 64;  // Samples around the ring.
constexpr int harmonic_count =
    5;  // Enough for "sky above, shirt below"; more would look like streaks.
constexpr int lattice_cells = 32;  // The veil is smooth: computed on a lattice, bilinear between.

// Rings outside the rim, as shares of the half axes. More than one, so that one odd pixel counts
// little.
constexpr std::array<float, 4> ring_offsets = {0.04f, 0.10f, 0.18f, 0.28f};

using Ring = std::array<std::optional<Colour>, direction_count>;

// The region's own coordinates: the rim is at radius 1.
struct Disc {
  float center_x, center_y, half_width, half_height;
  Shape shape;

  explicit Disc(const Region& region)
      : center_x(region.box.x + region.box.width / 2),
        center_y(region.box.y + region.box.height / 2),
        half_width(region.box.width / 2),
        half_height(region.box.height / 2),
        shape(region.shape) {}

  // How far the rim of a rectangle lies out in a direction, as a multiple of the ellipse's rim.
  float stretch(float cosine, float sine) const {
    return shape == Shape::ellipse ? 1 : 1 / std::max(std::abs(cosine), std::abs(sine));
  }

  // A point of the picture in the unit disc: a rectangle is pressed into it ray by ray.
  std::complex<float> to_disc(float x, float y) const {
    const std::complex<float> p((x - center_x) / half_width, (y - center_y) / half_height);
    const float distance = std::abs(p);
    if (distance == 0) return p;
    const float radius = distance / stretch(p.real() / distance, p.imag() / distance);
    return p / distance * std::min(radius, 1.1f);  // Beyond the rim high harmonics would explode.
  }
};

template <typename Sample>
std::optional<Colour> visible_colour(const Image& image, const HiddenMap& hidden, float x,
                                     float y) {
  const int column = static_cast<int>(std::floor(x)), row = static_cast<int>(std::floor(y));
  if (!hidden.is_visible(column, row)) return std::nullopt;
  return read_colour(image.row<Sample>(row) + ptrdiff_t{column} * image.channels(),
                     image.channels());
}

// The mean of what is visible beyond the rim in one direction; absent where nothing is (the picture
// ends there, or another region lies there).
template <typename Sample>
std::optional<Colour> colour_in_direction(const Image& image, const HiddenMap& hidden,
                                          const Disc& disc, float angle) {
  const float cosine = std::cos(angle), sine = std::sin(angle);
  const float half_least = std::min(disc.half_width, disc.half_height);
  Colour sum = {};
  int count = 0;
  for (size_t i = 0; i < ring_offsets.size(); ++i) {
    // On small faces the rings would fall on one pixel: at least a pixel apart.
    const float beyond = std::max(ring_offsets[i], (static_cast<float>(i) + 1) / half_least);
    const float radius = disc.stretch(cosine, sine) * (1 + beyond);
    const auto colour =
        visible_colour<Sample>(image, hidden, disc.center_x + disc.half_width * radius * cosine,
                               disc.center_y + disc.half_height * radius * sine);
    if (!colour) continue;
    for (size_t c = 0; c < 3; ++c) sum[c] += (*colour)[c];
    ++count;
  }
  if (count == 0) return std::nullopt;
  for (float& value : sum) value /= static_cast<float>(count);
  return sum;
}

float angle_of(int direction) {
  return 2 * static_cast<float>(M_PI) * static_cast<float>(direction) / direction_count;
}

// What is first visible on the way outwards; absent where the picture ends before.
template <typename Sample>
std::optional<Colour> colour_beyond(const Image& image, const HiddenMap& hidden, const Disc& disc,
                                    float angle) {
  constexpr int steps_max = 60;
  constexpr float step = 1.1f;
  const float cosine = std::cos(angle), sine = std::sin(angle);
  float radius = disc.stretch(cosine, sine) * (1 + ring_offsets.back());
  for (int i = 0; i < steps_max; ++i, radius *= step) {
    const auto colour =
        visible_colour<Sample>(image, hidden, disc.center_x + disc.half_width * radius * cosine,
                               disc.center_y + disc.half_height * radius * sine);
    if (colour) return colour;
  }
  return std::nullopt;
}

template <typename Sample>
Ring sample_ring(const Image& image, const HiddenMap& hidden, const Disc& disc) {
  Ring ring;
  for (int i = 0; i < direction_count; ++i) {
    ring[static_cast<size_t>(i)] = colour_in_direction<Sample>(image, hidden, disc, angle_of(i));
  }
  const auto is_seen = [](const std::optional<Colour>& colour) { return colour.has_value(); };
  if (std::ranges::any_of(ring, is_seen)) return ring;
  // Among other regions on all sides.
  for (int i = 0; i < direction_count; ++i) {
    ring[static_cast<size_t>(i)] = colour_beyond<Sample>(image, hidden, disc, angle_of(i));
  }
  return ring;
}

Colour mean_of(const Ring& ring) {
  Colour sum = {};
  int count = 0;
  for (const auto& colour : ring) {
    if (!colour) continue;
    for (size_t c = 0; c < 3; ++c) sum[c] += (*colour)[c];
    ++count;
  }
  if (count == 0) return neutral_shade;  // A face that fills the frame: the drawn shade alone.
  for (float& value : sum) value /= static_cast<float>(count);
  return sum;
}

// The surface over the unit disc: for each channel its mean and the complex amplitudes of harmonics
// 1…n.
struct Surface {
  Colour mean;
  std::array<std::array<std::complex<float>, 3>, harmonic_count> amplitudes;

  Colour at(std::complex<float> p) const {
    Colour colour = mean;
    std::complex<float> power = 1;
    for (const auto& amplitude : amplitudes) {
      power *= p;
      for (size_t c = 0; c < 3; ++c) colour[c] += (amplitude[c] * power).real();
    }
    return towards_shade(colour, std::norm(p));
  }

  static Colour towards_shade(Colour colour, float radius_squared) {
    const float share = shade_share(radius_squared);
    for (size_t c = 0; c < 3; ++c) colour[c] += share * (neutral_shade[c] - colour[c]);
    return colour;
  }
};

// Discrete Fourier transform of the ring; directions that saw nothing count as the mean. Higher
// harmonics are damped (Lanczos' sigma factors), so that a hard edge in the ring does not
// overshoot.
Surface surface_of(const Ring& ring) {
  Surface surface = {};
  surface.mean = mean_of(ring);
  for (int k = 1; k <= harmonic_count; ++k) {
    const float x = static_cast<float>(M_PI) * static_cast<float>(k) / (harmonic_count + 1);
    const float damping = std::sin(x) / x;
    for (int i = 0; i < direction_count; ++i) {
      const auto& colour = ring[static_cast<size_t>(i)];
      if (!colour) continue;
      const auto wave =
          std::polar(2 * damping / direction_count, -angle_of(i) * static_cast<float>(k));
      for (size_t c = 0; c < 3; ++c) {
        surface.amplitudes[static_cast<size_t>(k - 1)][c] +=
            wave * ((*colour)[c] - surface.mean[c]);
      }
    }
  }
  return surface;
}

// The surface on (cells + 1) x (cells + 1) points over the bounding box of the spans.
class Lattice {
 public:
  Lattice(const Surface& surface, const Disc& disc, const PixelBox& box) : box_(box) {
    for (int j = 0; j < points; ++j) {
      for (int i = 0; i < points; ++i) {
        const float x =
            static_cast<float>(box.x) + static_cast<float>(box.width * i) / lattice_cells;
        const float y =
            static_cast<float>(box.y) + static_cast<float>(box.height * j) / lattice_cells;
        at(i, j) = surface.at(disc.to_disc(x, y));
      }
    }
  }

  const PixelBox& box() const { return box_; }

  // The colours of lattice row j at the centres of the box's columns, as values of samples in the
  // layout of a picture's row: whole rows are then mixed by one plain loop.
  std::vector<float> line(int j, int channels) const {
    std::vector<float> values;
    values.reserve(static_cast<size_t>(box_.width) * static_cast<size_t>(channels));
    for (int x = 0; x < box_.width; ++x) {
      const float u =
          (static_cast<float>(x) + 0.5f) * lattice_cells / static_cast<float>(box_.width);
      const int i = std::min(static_cast<int>(u), lattice_cells - 1);
      const Colour colour = mix(at(i, j), at(i + 1, j), u - static_cast<float>(i));
      if (channels < 3) values.push_back(luma(colour));
      if (channels >= 3) values.insert(values.end(), colour.begin(), colour.end());
      if (channels % 2 == 0) values.push_back(1);  // Opaque, as write_colour has it.
    }
    return values;
  }

 private:
  static constexpr int points = lattice_cells + 1;

  static Colour mix(const Colour& a, const Colour& b, float t) {
    return {a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])};
  }
  static constexpr size_t index(int i, int j) {
    return static_cast<size_t>(j) * points + static_cast<size_t>(i);
  }
  Colour& at(int i, int j) { return colours_[index(i, j)]; }
  const Colour& at(int i, int j) const { return colours_[index(i, j)]; }

  PixelBox box_;
  std::array<Colour, size_t{points} * points> colours_;
};

// One row of samples between two lattice lines.
template <typename Sample>
void mix_lines(const float* above, const float* below, float t, Sample* samples, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; ++i) {
    samples[i] = to_sample<Sample>(above[i] + t * (below[i] - above[i]));
  }
}

template <typename Sample>
void paint_lattice(Image& image, const Lattice& lattice, const std::vector<Span>& spans) {
  const int channels = image.channels();
  std::vector<std::vector<float>> lines;
  for (int j = 0; j <= lattice_cells; ++j) lines.push_back(lattice.line(j, channels));

  const PixelBox& box = lattice.box();
  for (const Span& span : spans) {
    const float v = (static_cast<float>(span.y - box.y) + 0.5f) * lattice_cells /
                    static_cast<float>(box.height);
    const auto j = static_cast<size_t>(std::clamp(static_cast<int>(v), 0, lattice_cells - 1));
    const ptrdiff_t first = ptrdiff_t{span.x_begin - box.x} * channels;
    mix_lines(lines[j].data() + first, lines[j + 1].data() + first, v - static_cast<float>(j),
              image.row<Sample>(span.y) + ptrdiff_t{span.x_begin} * channels,
              ptrdiff_t{span.x_end - span.x_begin} * channels);
  }
}

}  // namespace

void paint_veil(Image& image, const Region& region, const std::vector<Span>& spans,
                const HiddenMap& hidden) {
  with_sample_type(image.format(), [&]<typename Sample>(Sample) {
    const Disc disc(region);
    const Surface surface = surface_of(sample_ring<Sample>(image, hidden, disc));
    paint_lattice<Sample>(image, Lattice(surface, disc, bounding_box(spans)), spans);
  });
}

}  // namespace faceveil

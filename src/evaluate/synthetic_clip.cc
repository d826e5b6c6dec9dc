#include "evaluate/synthetic_clip.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"
#include "evaluate/drawn_lots.h"
#include "evaluate/judge.h"

namespace faceveil {
namespace {

constexpr int scene_pictures_min = 20;
constexpr double side_min_px = 18, side_max_share = 0.4;  // Of the picture's height.
constexpr double exposure = 0.5;  // Share of a picture's time: how far moving faces smear.
constexpr int samples_max = 6;    // A pixel, along each side.
constexpr float covered_share_max = 0.5f;

float shared_area(const Rect& a, const Rect& b) {
  const float width = std::min(a.right(), b.right()) - std::max(a.x, b.x);
  const float height = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
  return std::max(0.0f, width) * std::max(0.0f, height);
}

uint8_t as_byte(double value) {
  return static_cast<uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
}

// A soft surface with some straight edges: walls, furniture.
Result<Image> background(uint64_t seed, Size size) {
  Image image = TRY(Image::create(PixelFormat::rgb8, size));
  DrawnLots lots(seed);
  std::array<double, 3> base, slope_x, slope_y;
  for (int c = 0; c < 3; ++c) {
    base[c] = lots.between(40, 180);
    slope_x[c] = lots.between(-60, 60);
    slope_y[c] = lots.between(-60, 60);
  }
  const double wave_x = lots.between(0.01, 0.08), wave_y = lots.between(0.01, 0.08);
  const double depth = lots.between(2, 18);
  for (int y = 0; y < size.height; ++y) {
    auto* pixel = image.row<uint8_t>(y);
    for (int x = 0; x < size.width; ++x) {
      const double wave = depth * std::sin(wave_x * x + 3 * std::sin(wave_y * y));
      for (int c = 0; c < 3; ++c) {
        *pixel++ =
            as_byte(base[c] + slope_x[c] * x / size.width + slope_y[c] * y / size.height + wave);
      }
    }
  }
  for (int i = lots.below(8); i > 0; --i) {
    const int left = lots.below(size.width), top = lots.below(size.height);
    const int right = std::min(size.width, left + 10 + lots.below(size.width / 3));
    const int bottom = std::min(size.height, top + 10 + lots.below(size.height / 2));
    const double lighter = lots.between(-50, 50);
    for (int y = top; y < bottom; ++y) {
      auto* pixel = image.row<uint8_t>(y) + ptrdiff_t{left} * 3;
      for (int x = left * 3; x < right * 3; ++x, ++pixel) *pixel = as_byte(*pixel + lighter);
    }
  }
  return image;
}

// Colour and alpha at a point, between the pixels; alpha 0 outside. Pixels in [0, 255].
std::array<double, 4> sampled(const Image& image, double x, double y) {
  const int left = static_cast<int>(std::floor(x - 0.5)),
            top = static_cast<int>(std::floor(y - 0.5));
  std::array<double, 4> sum = {};
  if (left < 0 || top < 0 || left + 1 >= image.size().width || top + 1 >= image.size().height) {
    return sum;
  }
  const double u = x - 0.5 - left, v = y - 0.5 - top;
  for (int j = 0; j < 2; ++j) {
    const auto* pixel = image.row<uint8_t>(top + j) + ptrdiff_t{left} * 4;
    for (int i = 0; i < 2; ++i, pixel += 4) {
      const double weight = (i ? u : 1 - u) * (j ? v : 1 - v) * pixel[3] / 255;
      for (int c = 0; c < 3; ++c) sum[c] += weight * pixel[c];
      sum[3] += weight;
    }
  }
  return sum;
}

}  // namespace

SyntheticClip::SyntheticClip(const ClipSettings& settings, std::span<const FaceCutout> cutouts)
    : settings_(settings), cutouts_(cutouts) {
  CHECK(!cutouts.empty() && settings.picture_count > 0);
  DrawnLots lots(settings.seed);
  int begin = 0;
  while (begin < settings.picture_count) {
    int end = begin + scene_pictures_min + lots.below(3 * scene_pictures_min);
    if (settings.picture_count - end < scene_pictures_min) end = settings.picture_count;
    draw_scene(lots.next(), begin, end);
    begin = end;
  }
}

void SyntheticClip::draw_scene(uint64_t seed, int begin, int end) {
  DrawnLots lots(seed);
  Scene scene{begin, end, lots.next(), lots.share() < 0.3, lots.between(0.5, 6), 0, 0, {}};
  const double width = settings_.size.width, height = settings_.size.height;
  if (!scene.still && lots.share() < 0.4) {
    scene.post_x = width * lots.between(0.3, 0.7);
    scene.post_width = width * lots.between(0.02, 0.08);
  }
  const double moves = scene.still ? 0 : 1;
  for (int i = 1 + lots.below(3); i > 0; --i) {
    Actor actor;
    actor.id = static_cast<uint32_t>(scenes_.size() * 8 + scene.actors.size());
    actor.cutout = static_cast<size_t>(lots.below(static_cast<int>(cutouts_.size())));
    // As many small faces as large ones.
    actor.side = side_min_px * std::pow(side_max_share * height / side_min_px, lots.share());
    actor.x = width * lots.between(0.15, 0.85);
    actor.y = height * lots.between(0.25, 0.75);
    actor.speed_x = moves * actor.side * lots.between(-0.08, 0.08);
    actor.speed_y = moves * actor.side * lots.between(-0.02, 0.02);
    actor.swing = moves * actor.side * lots.between(0, 0.8);
    actor.swing_rate = lots.between(0.05, 0.3);
    actor.growth = moves * lots.between(-0.008, 0.008);
    actor.turn = lots.between(0, 0.45);
    actor.turn_rate = moves * lots.between(0.02, 0.15);
    scene.actors.push_back(actor);
  }
  scenes_.push_back(std::move(scene));
}

const SyntheticClip::Scene& SyntheticClip::scene_at(int index) const {
  return *std::ranges::find_if(scenes_, [&](const Scene& scene) { return index < scene.end; });
}

SyntheticClip::Pose SyntheticClip::pose(const Scene& scene, const Actor& actor,
                                        double index) const {
  const double t = index - (scene.begin + scene.end) / 2.0;
  const double phase = actor.swing_rate * t;
  return {actor.x + actor.speed_x * t + actor.swing * std::sin(phase),
          actor.y + actor.speed_y * t + 0.3 * actor.swing * std::cos(phase),
          actor.side * std::exp(actor.growth * t),
          actor.turn * std::sin(actor.turn_rate * t + 0.7)};
}

Rect SyntheticClip::box_of(const Actor& actor, const Pose& pose) const {
  const Rect& face = cutouts_[actor.cutout].face;
  const double scale = pose.side / face.height;
  const auto width = static_cast<float>(face.width * scale);
  const auto height = static_cast<float>(pose.side);
  return {static_cast<float>(pose.x) - width / 2, static_cast<float>(pose.y) - height / 2, width,
          height};
}

// Later faces are laid over earlier ones, and the post over all.
bool SyntheticClip::counts(const Scene& scene, std::span<const ClipFace> faces,
                           size_t index) const {
  const Rect& box = faces[index].box;
  const Rect middle = central_box(box);
  const float x = box.x + box.width / 2, y = box.y + box.height / 2;
  const bool inside = x >= 0 && y >= 0 && x < static_cast<float>(settings_.size.width) &&
                      y < static_cast<float>(settings_.size.height);
  const Rect post{static_cast<float>(scene.post_x), 0, static_cast<float>(scene.post_width),
                  static_cast<float>(settings_.size.height)};
  return inside && shared_area(middle, post) < covered_share_max * middle.area() &&
         std::ranges::none_of(faces.subspan(index + 1), [&](const ClipFace& before) {
           return shared_area(middle, before.box) >= covered_share_max * middle.area();
         });
}

// Each pixel is the mean of several samples, spread over its area and over the exposure.
void SyntheticClip::lay_actor(Image& image, const Scene& scene, const Actor& actor,
                              int index) const {
  const FaceCutout& cutout = cutouts_[actor.cutout];
  const Pose from = pose(scene, actor, index - exposure / 2);
  const Pose middle = pose(scene, actor, index), to = pose(scene, actor, index + exposure / 2);
  const double scale = cutout.face.height / middle.side;  // Cutout pixels a picture pixel.
  const int n = std::clamp(static_cast<int>(std::ceil(scale)), 3, samples_max);
  const double smear = std::hypot(to.x - from.x, to.y - from.y);
  const double reach = middle.side * 1.5 + smear;
  const double cx = cutout.face.x + cutout.face.width / 2.0;
  const double cy = cutout.face.y + cutout.face.height / 2.0;
  const double cosine = std::cos(middle.turn) * scale, sine = std::sin(middle.turn) * scale;
  const auto clipped = [](double value, int limit) {
    return static_cast<int>(std::clamp<double>(value, 0, limit));
  };
  const int x_end = clipped(middle.x + reach, settings_.size.width);
  const int y_end = clipped(middle.y + reach, settings_.size.height);
  for (int y = clipped(middle.y - reach, settings_.size.height); y < y_end; ++y) {
    for (int x = clipped(middle.x - reach, settings_.size.width); x < x_end; ++x) {
      std::array<double, 4> sum = {};
      for (int s = 0; s < n * n; ++s) {
        const int row = s / n;
        const double moment = (s * 7 % (n * n) + 0.5) / (n * n);
        const double dx = x + (s % n + 0.5) / n - (from.x + moment * (to.x - from.x));
        const double dy = y + (row + 0.5) / n - (from.y + moment * (to.y - from.y));
        const auto sample =
            sampled(cutout.image, cx + cosine * dx + sine * dy, cy - sine * dx + cosine * dy);
        for (int c = 0; c < 4; ++c) sum[c] += sample[c] / (n * n);
      }
      if (sum[3] <= 0) continue;
      auto* pixel = image.row<uint8_t>(y) + ptrdiff_t{x} * 3;
      for (int c = 0; c < 3; ++c) pixel[c] = as_byte(sum[c] + (1 - sum[3]) * pixel[c]);
    }
  }
}

void SyntheticClip::lay_post(Image& image, const Scene& scene) const {
  const int begin = static_cast<int>(scene.post_x);
  const int end = std::min(settings_.size.width, static_cast<int>(scene.post_x + scene.post_width));
  for (int y = 0; y < settings_.size.height; ++y) {
    auto* pixel = image.row<uint8_t>(y) + ptrdiff_t{begin} * 3;
    for (int x = begin; x < end; ++x) {
      for (int c = 0; c < 3; ++c) *pixel++ = static_cast<uint8_t>(60 + (x - begin) % 40);
    }
  }
}

// From a table of normal numbers, read at a place drawn for each row.
void SyntheticClip::add_noise(Image& image, const Scene& scene, int index) const {
  DrawnLots lots(scene.seed + static_cast<uint64_t>(index) + 1);
  std::vector<float> table(8192);
  for (float& value : table) value = static_cast<float>(scene.noise * lots.normal());
  for (int y = 0; y < image.size().height; ++y) {
    auto* sample = image.row<uint8_t>(y);
    size_t at = lots.next() % table.size();
    for (int x = 0; x < image.size().width * 3; ++x, ++sample) {
      *sample = as_byte(*sample + table[at]);
      if (++at == table.size()) at = 0;
    }
  }
}

Result<ClipPicture> SyntheticClip::picture(int index) const {
  CHECK(index >= 0 && index < settings_.picture_count);
  const Scene& scene = scene_at(index);
  ClipPicture made;
  made.time = {std::llround(index * 1e6 / settings_.pictures_a_second)};
  made.scene = static_cast<int>(&scene - scenes_.data());
  made.still = scene.still;
  made.image = TRY(background(scene.seed, settings_.size));
  for (const Actor& actor : scene.actors) {
    lay_actor(made.image, scene, actor, index);
    made.faces.push_back({actor.id, box_of(actor, pose(scene, actor, index))});
  }
  for (size_t i = 0; i < made.faces.size(); ++i) {
    made.faces[i].counts = counts(scene, made.faces, i);
  }
  lay_post(made.image, scene);
  add_noise(made.image, scene, index);
  return made;
}

}  // namespace faceveil

#include "plan/plan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <set>
#include <utility>

#include "base/limits.h"

namespace faceveil {
namespace {

constexpr std::array<std::pair<Effect, std::string_view>, 6> effects = {{{Effect::veil, "veil"},
                                                                         {Effect::solid, "solid"},
                                                                         {Effect::emoji, "emoji"},
                                                                         {Effect::image, "image"},
                                                                         {Effect::mosaic, "mosaic"},
                                                                         {Effect::blur, "blur"}}};

constexpr std::array<std::pair<Shape, std::string_view>, 2> shapes = {
    {{Shape::ellipse, "ellipse"}, {Shape::rectangle, "rectangle"}}};

constexpr float grow_max = 2;

Status bad_field(const std::string& field, std::string text, std::vector<std::string> args = {}) {
  return about(field, Status(fail(Error::Kind::bad_input, std::move(text), std::move(args))));
}

bool is_digest(const std::string& text) {
  return text.size() == 64 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool in_range(float value, float low, float high) { return value >= low && value <= high; }

// A box may reach over the border, but not into the absurd.
bool is_sensible(const Rect& box) {
  const float far = 4.0f * limits::side_pixels_max;
  return in_range(box.x, -far, far) && in_range(box.y, -far, far) && box.width > 0 &&
         box.width <= far && box.height > 0 && box.height <= far;
}

Status validate_digest(const std::string& digest, const std::string& field) {
  if (is_digest(digest)) return {};
  return bad_field(field, "Expected 64 lower-case hexadecimal digits.");
}

Status validate_source(const SourceFingerprint& source) {
  TRY(validate_digest(source.sha256, "source.sha256"));
  if (source.size.width <= 0 || source.size.width > limits::side_pixels_max ||
      source.size.height <= 0 || source.size.height > limits::side_pixels_max) {
    return bad_field("source", "Width and height must lie between 1 and {0}.",
                     {std::to_string(limits::side_pixels_max)});
  }
  return {};
}

Status validate_keyframes(const Track& track, const std::string& field) {
  if (track.keyframes.empty()) {
    return bad_field(field + ".keyframes", "At least one keyframe is needed.");
  }
  for (size_t i = 0; i < track.keyframes.size(); ++i) {
    const Keyframe& keyframe = track.keyframes[i];
    const std::string name = field + ".keyframes[" + std::to_string(i) + "]";
    if (!is_sensible(keyframe.box)) {
      return bad_field(name, "The box must be finite, with a width and height above zero.");
    }
    if (!in_range(keyframe.score, 0, 1)) {
      return bad_field(name + ".score", "The number must lie between {0} and {1}.", {"0", "1"});
    }
    if (keyframe.time.microseconds < 0) {
      return bad_field(name + ".time_us", "The time cannot be negative.");
    }
    if (i > 0 && keyframe.time <= track.keyframes[i - 1].time) {
      return bad_field(name + ".time_us", "Keyframes must be in order of time.");
    }
  }
  return {};
}

Status validate_track(const Track& track, const std::string& field) {
  if (!in_range(track.grow, 0, grow_max)) {
    return bad_field(field + ".grow", "The number must lie between {0} and {1}.", {"0", "2"});
  }
  if (track.decision == Decision::keep && track.needs_review) {
    return bad_field(field + ".needs_review", "A kept face has been decided by a person already.");
  }
  return validate_keyframes(track, field);
}

// A cover that no track asks for is none's harm: an edited plan may have lost its last `image`.
Status validate_cover(const RedactionPlan& plan) {
  if (plan.cover) return validate_digest(plan.cover->sha256, "cover.sha256");
  for (size_t i = 0; i < plan.tracks.size(); ++i) {
    if (plan.tracks[i].effect != Effect::image) continue;
    return bad_field("tracks[" + std::to_string(i) + "].effect",
                     "The effect image needs the key \"cover\": the digest of the picture.");
  }
  return {};
}

template <typename Enum, size_t count>
std::string_view name_in(const std::array<std::pair<Enum, std::string_view>, count>& table,
                         Enum wanted) {
  for (const auto& [value, name] : table) {
    if (value == wanted) return name;
  }
  return {};
}

template <typename Enum, size_t count>
Result<Enum> value_in(const std::array<std::pair<Enum, std::string_view>, count>& table,
                      std::string_view wanted) {
  std::string names;
  for (const auto& [value, name] : table) {
    if (name == wanted) return value;
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  return fail(Error::Kind::bad_input, "\"{0}\" is not known; choose one of: {1}.",
              {std::string(wanted), names});
}

}  // namespace

std::string_view effect_name(Effect effect) { return name_in(effects, effect); }
std::string_view shape_name(Shape shape) { return name_in(shapes, shape); }
Result<Effect> parse_effect(std::string_view name) { return value_in(effects, name); }
Result<Shape> parse_shape(std::string_view name) { return value_in(shapes, name); }

namespace {

Rect between(const Rect& a, const Rect& b, double share) {
  const auto mix = [share](float from, float to) {
    return static_cast<float>(from + share * (static_cast<double>(to) - from));
  };
  // Borders rather than sizes: each moves in a straight line, so none rounds inwards of both ends.
  const float x = mix(a.x, b.x), y = mix(a.y, b.y);
  return {x, y, mix(a.right(), b.right()) - x, mix(a.bottom(), b.bottom()) - y};
}

}  // namespace

std::optional<Rect> box_at(const Track& track, MediaTime time) {
  const auto later = std::ranges::lower_bound(track.keyframes, time, {}, &Keyframe::time);
  if (later == track.keyframes.end()) return std::nullopt;
  if (later->time == time) return later->box;
  if (later == track.keyframes.begin()) return std::nullopt;
  const Keyframe& earlier = *std::prev(later);
  const double share = static_cast<double>(time.microseconds - earlier.time.microseconds) /
                       static_cast<double>(later->time.microseconds - earlier.time.microseconds);
  return between(earlier.box, later->box, share);
}

std::vector<Region> regions_at(const RedactionPlan& plan, MediaTime time) {
  std::vector<Region> regions;
  for (const Track& track : plan.tracks) {
    if (track.decision == Decision::keep) continue;
    const std::optional<Rect> box = box_at(track, time);
    if (!box) continue;
    regions.push_back({track.id, grown(*box, track.grow), *box, track.effect, track.shape});
  }
  return regions;
}

Status validate(const RedactionPlan& plan) {
  if (plan.version != plan_version) {
    return bad_field("version", "This plan has version {0}; this program reads version {1}.",
                     {std::to_string(plan.version), std::to_string(plan_version)});
  }
  TRY(validate_source(plan.source));
  if (plan.tracks.size() > static_cast<size_t>(limits::regions_max)) {
    return bad_field("tracks", "There are more than {0} tracks.",
                     {std::to_string(limits::regions_max)});
  }
  TRY(validate_cover(plan));
  TRY(validate(plan.voice));
  std::set<uint32_t> ids;
  for (size_t i = 0; i < plan.tracks.size(); ++i) {
    const std::string field = "tracks[" + std::to_string(i) + "]";
    TRY(validate_track(plan.tracks[i], field));
    if (!ids.insert(plan.tracks[i].id).second) {
      return bad_field(field + ".id", "Two tracks have the id {0}.",
                       {std::to_string(plan.tracks[i].id)});
    }
  }
  return {};
}

}  // namespace faceveil

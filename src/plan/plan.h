// The RedactionPlan: everything that will be hidden, and nothing else. Detection only writes plans,
// redaction only reads them; a person may review and edit one in between. docs/plan-format.md
// describes its JSON form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"
#include "base/time.h"
#include "plan/voice_change.h"

namespace faceveil {

// docs/privacy.md: what each can promise.
enum class Effect : uint8_t { veil, solid, emoji, image, mosaic, blur };
enum class Shape : uint8_t { ellipse, rectangle };
enum class Decision : uint8_t { hide, keep };  // `keep` is only ever written by a person.
enum class Origin : uint8_t { detector, person };

std::string_view effect_name(Effect);
std::string_view shape_name(Shape);
Result<Effect> parse_effect(std::string_view);
Result<Shape> parse_shape(std::string_view);

// Where a face is at one moment: its box, in upright pixels, not yet grown. It may reach over the
// picture's border. score in [0, 1]; 1 for boxes drawn by a person.
struct Keyframe {
  MediaTime time;
  Rect box;
  float score = 0;
  bool operator==(const Keyframe&) const = default;
};

// One face through time: hidden from its first keyframe to its last (box_at). A face in a still is
// a track with a single keyframe at moment zero.
struct Track {
  uint32_t id = 0;  // Unique in the plan.
  Decision decision = Decision::hide;
  Effect effect = Effect::veil;
  Shape shape = Shape::ellipse;
  float grow = 0.2f;  // Share of the box added at each side, in [0, 2].
  Origin origin = Origin::detector;
  bool needs_review = false;        // Doubtful: hidden, but a person should look.
  std::vector<Keyframe> keyframes;  // Sorted by time, at least one.
  std::string note;                 // For people; never read by the program.
  bool operator==(const Track&) const = default;
};

// What is known of the input that the plan was made from; apply refuses any other input.
struct SourceFingerprint {
  std::string sha256;  // 64 lower-case hexadecimal digits, of the file's bytes.
  Size size;           // Upright pixels.
  bool operator==(const SourceFingerprint&) const = default;
};

// The picture that the effect `image` lays over faces; apply refuses any other.
struct CoverFingerprint {
  std::string name;    // Its path as given, for people; may be empty.
  std::string sha256;  // 64 lower-case hexadecimal digits, of the file's bytes.
  bool operator==(const CoverFingerprint&) const = default;
};

inline constexpr int plan_version = 1;

struct RedactionPlan {
  int version = plan_version;
  SourceFingerprint source;
  std::string source_name;  // The input's path as given, so that `apply` finds it; may be empty.
  std::string detector;     // Name of the detector, for the record; empty when none was run.
  std::optional<CoverFingerprint> cover;  // There when a track has the effect `image`.
  std::vector<Track> tracks;
  VoiceChange voice;  // What happens to the sound; nothing where it is not said.
  bool operator==(const RedactionPlan&) const = default;
};

// One area to paint at one moment, already grown.
struct Region {
  uint32_t track_id = 0;
  Rect box;   // Upright pixels; may reach over the border.
  Rect face;  // The box before growth: what size-adaptive effects measure by.
  Effect effect = Effect::veil;
  Shape shape = Shape::ellipse;
  bool operator==(const Region&) const = default;
};

// Where the track's face is at `time`. A track covers the time from its first to its last keyframe,
// both included, and between two keyframes each border moves in a straight line; absent outside. A
// single keyframe covers its own moment only.
std::optional<Rect> box_at(const Track&, MediaTime time);

// The regions of all tracks with decision `hide` that cover `time`, in order of tracks.
std::vector<Region> regions_at(const RedactionPlan&, MediaTime time);

// Known version, well-formed digests, a cover where one is needed, finite boxes of positive size,
// unique ids, sorted keyframes, everything in its range. Errors: bad_input, naming the field as in
// the JSON ("tracks[2].grow").
Status validate(const RedactionPlan&);

}  // namespace faceveil

#include "plan/plan_json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "base/limits.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

// --- writing ---

// The shortest decimal that reads back as the same float: 0.2, not 0.20000000298023224.
Json number(float value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  double shortest = 0;
  std::from_chars(text, end, shortest);
  return shortest;
}

std::string text_of(float value) { return number(value).dump(); }

// A line each: a film has tens of thousands.
std::string keyframe_line(const Keyframe& keyframe) {
  const Rect& box = keyframe.box;
  return "{\"time_us\": " + std::to_string(keyframe.time.microseconds) +
         ", \"box\": {\"x\": " + text_of(box.x) + ", \"y\": " + text_of(box.y) +
         ", \"width\": " + text_of(box.width) + ", \"height\": " + text_of(box.height) +
         "}, \"score\": " + text_of(keyframe.score) + "}";
}

// Keyframes come later: write_keyframes().
Json track_json(const Track& track) {
  return {{"id", track.id},
          {"decision", track.decision == Decision::hide ? "hide" : "keep"},
          {"effect", effect_name(track.effect)},
          {"shape", shape_name(track.shape)},
          {"grow", number(track.grow)},
          {"origin", track.origin == Origin::detector ? "detector" : "person"},
          {"needs_review", track.needs_review},
          {"note", track.note},
          {"keyframes", Json::array()}};
}

// Puts each track's keyframes where `json` has an empty list of them. In the strings of the
// document quotation marks are escaped: none looks like this key.
std::string write_keyframes(std::string_view json, const std::vector<Track>& tracks) {
  constexpr std::string_view empty = "\"keyframes\": []";
  std::string text;
  for (const Track& track : tracks) {
    const size_t at = json.find(empty) + empty.size();
    text += json.substr(0, at - 1);
    json.remove_prefix(at - 1);
    for (const Keyframe& keyframe : track.keyframes) {
      text += (&keyframe == track.keyframes.data() ? "\n        " : ",\n        ") +
              keyframe_line(keyframe);
    }
    text += "\n      ";
  }
  return text.append(json);
}

Json voice_json(const VoiceChange& voice) {
  Json silenced = Json::array();
  for (const SilencedSpan& span : voice.silenced) {
    silenced.push_back({{"from_us", span.from.microseconds},
                        {"to_us", span.to.microseconds},
                        {"bleep", span.bleep}});
  }
  return {{"mode", voice_mode_name(voice.mode)}, {"silenced", silenced}};
}

// --- reading ---

// One JSON object with the name it has in the document, read strictly: every key must be known, and
// every known key must be there, but for optional ones.
class Object {
 public:
  static Result<Object> create(const Json& json, std::string name,
                               std::initializer_list<std::string_view> keys,
                               std::initializer_list<std::string_view> optional = {}) {
    if (!json.is_object()) return wrong(name, "Expected an object in braces.");
    for (const std::string_view key : keys) {
      if (!json.contains(key)) return wrong(joined(name, key), "This key is missing.");
    }
    for (const auto& item : json.items()) {
      if (std::ranges::find(keys, item.key()) == keys.end() &&
          std::ranges::find(optional, item.key()) == optional.end()) {
        return wrong(joined(name, item.key()), "This key is not known in a plan.");
      }
    }
    return Object(json, std::move(name));
  }

  std::string name_of(std::string_view key) const { return joined(name_, key); }
  bool has(std::string_view key) const { return json_.contains(key); }
  const Json& at(std::string_view key) const { return json_.at(std::string(key)); }

  Result<std::string> text(std::string_view key) const {
    if (!at(key).is_string()) return wrong(name_of(key), "Expected a text in quotes.");
    return at(key).get<std::string>();
  }

  Result<bool> boolean(std::string_view key) const {
    if (!at(key).is_boolean()) return wrong(name_of(key), "Expected true or false.");
    return at(key).get<bool>();
  }

  Result<float> number(std::string_view key) const {
    if (!at(key).is_number()) return wrong(name_of(key), "Expected a number.");
    return static_cast<float>(at(key).get<double>());
  }

  // A whole number in [low, high].
  Result<int64_t> whole(std::string_view key, int64_t low, int64_t high) const {
    const Json& value = at(key);
    const bool fits = value.is_number_integer() &&
                      (!value.is_number_unsigned() || value.get<uint64_t>() <= INT64_MAX) &&
                      value.get<int64_t>() >= low && value.get<int64_t>() <= high;
    if (!fits) {
      return wrong(name_of(key), "Expected a whole number between {0} and {1}.",
                   {std::to_string(low), std::to_string(high)});
    }
    return value.get<int64_t>();
  }

  // One of two words; true for the first.
  Result<bool> either(std::string_view key, const char* first, const char* second) const {
    const std::string word = TRY(text(key));
    if (word == first) return true;
    if (word == second) return false;
    return wrong(name_of(key), "Expected \"{0}\" or \"{1}\".", {first, second});
  }

  static tl::unexpected<Error> wrong(std::string field, std::string text,
                                     std::vector<std::string> args = {}) {
    return tl::unexpected(
        Error{Error::Kind::bad_input, std::move(text), std::move(args), std::move(field)});
  }

 private:
  Object(const Json& json, std::string name) : json_(json), name_(std::move(name)) {}

  static std::string joined(const std::string& name, std::string_view key) {
    return name.empty() ? std::string(key) : name + "." + std::string(key);
  }

  const Json& json_;
  std::string name_;
};

Result<Rect> read_box(const Json& json, const std::string& name) {
  const Object object = TRY(Object::create(json, name, {"x", "y", "width", "height"}));
  Rect box;
  box.x = TRY(object.number("x"));
  box.y = TRY(object.number("y"));
  box.width = TRY(object.number("width"));
  box.height = TRY(object.number("height"));
  return box;
}

Result<Keyframe> read_keyframe(const Json& json, const std::string& name) {
  const Object object = TRY(Object::create(json, name, {"time_us", "box", "score"}));
  Keyframe keyframe;
  keyframe.time.microseconds = TRY(object.whole("time_us", 0, INT64_MAX));
  keyframe.box = TRY(read_box(object.at("box"), object.name_of("box")));
  keyframe.score = TRY(object.number("score"));
  return keyframe;
}

// Every element of the array under `key` by `read`.
template <typename T>
Result<std::vector<T>> read_list(const Object& parent, std::string_view key,
                                 Result<T> (*read)(const Json&, const std::string&)) {
  const Json& json = parent.at(key);
  if (!json.is_array()) return Object::wrong(parent.name_of(key), "Expected a list in brackets.");
  if (json.size() > static_cast<size_t>(limits::regions_max)) {
    return Object::wrong(parent.name_of(key), "There are more than {0} entries.",
                         {std::to_string(limits::regions_max)});
  }
  std::vector<T> list;
  list.reserve(json.size());
  for (size_t i = 0; i < json.size(); ++i) {
    list.push_back(TRY(read(json[i], parent.name_of(key) + "[" + std::to_string(i) + "]")));
  }
  return list;
}

Result<Track> read_track(const Json& json, const std::string& name) {
  const Object object = TRY(Object::create(json, name,
                                           {"id", "decision", "effect", "shape", "grow", "origin",
                                            "needs_review", "note", "keyframes"}));
  Track track;
  track.id = static_cast<uint32_t>(TRY(object.whole("id", 0, UINT32_MAX)));
  const bool hide = TRY(object.either("decision", "hide", "keep"));
  track.decision = hide ? Decision::hide : Decision::keep;
  const std::string effect = TRY(object.text("effect"));
  track.effect = TRY(about(object.name_of("effect"), parse_effect(effect)));
  const std::string shape = TRY(object.text("shape"));
  track.shape = TRY(about(object.name_of("shape"), parse_shape(shape)));
  track.grow = TRY(object.number("grow"));
  const bool by_detector = TRY(object.either("origin", "detector", "person"));
  track.origin = by_detector ? Origin::detector : Origin::person;
  track.needs_review = TRY(object.boolean("needs_review"));
  track.note = TRY(object.text("note"));
  track.keyframes = TRY(read_list<Keyframe>(object, "keyframes", read_keyframe));
  return track;
}

Result<CoverFingerprint> read_cover(const Json& json) {
  const Object object = TRY(Object::create(json, "cover", {"name", "sha256"}));
  CoverFingerprint cover;
  cover.name = TRY(object.text("name"));
  cover.sha256 = TRY(object.text("sha256"));
  return cover;
}

Result<SilencedSpan> read_silenced(const Json& json, const std::string& name) {
  const Object object = TRY(Object::create(json, name, {"from_us", "to_us", "bleep"}));
  SilencedSpan span;
  span.from.microseconds = TRY(object.whole("from_us", 0, INT64_MAX));
  span.to.microseconds = TRY(object.whole("to_us", 0, INT64_MAX));
  span.bleep = TRY(object.boolean("bleep"));
  return span;
}

Result<VoiceChange> read_voice(const Json& json) {
  const Object object = TRY(Object::create(json, "voice", {"mode", "silenced"}));
  VoiceChange voice;
  const std::string mode = TRY(object.text("mode"));
  voice.mode = TRY(about(object.name_of("mode"), parse_voice_mode(mode)));
  voice.silenced = TRY(read_list<SilencedSpan>(object, "silenced", read_silenced));
  return voice;
}

Result<RedactionPlan> read_plan(const Json& json) {
  if (json.is_object() && json.contains("version") && json["version"] != plan_version) {
    return Object::wrong("version", "This plan has version {0}; this program reads version {1}.",
                         {json["version"].dump(), std::to_string(plan_version)});
  }
  const Object root = TRY(
      Object::create(json, "", {"version", "source", "detector", "tracks"}, {"cover", "voice"}));
  const Object source =
      TRY(Object::create(root.at("source"), "source", {"name", "sha256", "width", "height"}));
  RedactionPlan plan;
  plan.source_name = TRY(source.text("name"));
  plan.source.sha256 = TRY(source.text("sha256"));
  plan.source.size.width = static_cast<int>(TRY(source.whole("width", 1, limits::side_pixels_max)));
  plan.source.size.height =
      static_cast<int>(TRY(source.whole("height", 1, limits::side_pixels_max)));
  plan.detector = TRY(root.text("detector"));
  if (root.has("cover")) plan.cover = TRY(read_cover(root.at("cover")));
  if (root.has("voice")) plan.voice = TRY(read_voice(root.at("voice")));
  plan.tracks = TRY(read_list<Track>(root, "tracks", read_track));
  return plan;
}

}  // namespace

std::string format_plan(const RedactionPlan& plan) {
  Json tracks = Json::array();
  for (const Track& track : plan.tracks) tracks.push_back(track_json(track));
  Json json = {{"version", plan.version},
               {"source",
                {{"name", plan.source_name},
                 {"sha256", plan.source.sha256},
                 {"width", plan.source.size.width},
                 {"height", plan.source.size.height}}},
               {"detector", plan.detector}};
  if (plan.cover) json["cover"] = {{"name", plan.cover->name}, {"sha256", plan.cover->sha256}};
  if (plan.voice.changes_anything()) json["voice"] = voice_json(plan.voice);
  json["tracks"] = std::move(tracks);
  // File names need not be UTF-8; a plan always is.
  return write_keyframes(json.dump(2, ' ', false, Json::error_handler_t::replace), plan.tracks) +
         "\n";
}

Result<RedactionPlan> parse_plan(std::string_view text) {
  if (static_cast<int64_t>(text.size()) > limits::plan_bytes_max) {
    return fail(Error::Kind::over_limit, "The plan is larger than the limit of {0} MiB.",
                {std::to_string(limits::plan_bytes_max >> 20)});
  }
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) {
    return fail(Error::Kind::bad_input, "This is not a plan: it is not well-formed JSON.");
  }
  RedactionPlan plan = TRY(read_plan(json));
  TRY(validate(plan));
  return plan;
}

}  // namespace faceveil

#include "app/server/films/film_options.h"

#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/server/voice_options.h"
#include "detect/tracker.h"
#include "media/video.h"

namespace faceveil {
namespace {

Result<int64_t> parse_integer(std::string_view text, int64_t min, int64_t max) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (whole && number >= min && number <= max) return number;
  return fail(Error::Kind::bad_input, "\"{0}\" is not a whole number between {1} and {2}.",
              {std::string(text), std::to_string(min), std::to_string(max)});
}

Result<int64_t> take_integer(Fields& options, std::string_view name, int64_t otherwise, int64_t min,
                             int64_t max) {
  const auto text = TRY(take_option(options, name));
  if (!text || text->empty()) return otherwise;
  return about(std::string(name), parse_integer(*text, min, max));
}

Result<bool> take_flag(Fields& options, std::string_view name) {
  const auto value = TRY(take_option(options, name));
  if (!value || value->empty()) return false;
  return about(std::string(name), parse_flag(*value));
}

Result<VideoOptions> take_video_options(Fields& options, int thread_count) {
  VideoOptions video;
  video.write.thread_count = thread_count;
  const int64_t detect_every = TRY(take_integer(options, "detect_every", 0, 1, detect_every_max));
  if (detect_every > 0) video.detect_every = static_cast<int>(detect_every);
  const auto codec = TRY(take_option(options, "codec"));
  if (codec && !codec->empty()) {
    video.write.codec = TRY(about("codec", parse_video_codec(*codec)));
  }
  const int64_t crf = TRY(take_integer(options, "crf", -1, 0, 63));
  if (crf >= 0) video.write.crf = static_cast<int>(crf);
  video.copy_clean = TRY(take_flag(options, "copy_clean"));
  video.voice = TRY(take_voice(options));
  return video;
}

Result<FilmReview> take_review(Fields& options) {
  const auto value = TRY(take_option(options, "review"));
  if (value == "after") return FilmReview::after_hiding;
  if (!value || value->empty()) return FilmReview::none;
  return TRY(about("review", parse_flag(*value))) ? FilmReview::before_hiding : FilmReview::none;
}

// Those that pictures have too.
std::span<const std::string_view> work_option_names() {
  return std::span(film_option_names).subspan(2, 10);
}

}  // namespace

Result<FilmSettings> parse_film_options(const Fields& query, int thread_count) {
  Fields options = work_options(query);
  FilmSettings settings;
  settings.name = TRY(take_option(options, "name")).value_or("");
  settings.webhook = TRY(take_option(options, "webhook")).value_or("");
  settings.review = TRY(take_review(options));
  settings.video = TRY(take_video_options(options, thread_count));
  settings.work = TRY(parse_options(options, work_option_names(), {}));
  return settings;
}

Result<FilmMoment> parse_film_moment(const Fields& query) {
  Fields options = work_options(query);
  FilmMoment moment;
  moment.time = {TRY(take_integer(options, "time_us", 0, 0, INT64_MAX))};
  moment.step = static_cast<int>(TRY(take_integer(options, "step", 0, -1, 1)));
  TRY(parse_options(options, {}, {}));  // None other is known.
  return moment;
}

Result<DrawnBox> parse_drawn_box(std::string_view text) {
  using Json = nlohmann::json;
  constexpr float side_min = 4, side_max = 65'500;
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  const tl::unexpected<Error> wrong = fail(Error::Kind::bad_input,
                                           "Send the moment \"time_us\" and the \"box\" with x, y, "
                                           "width and height, at least 4 pixels.");
  if (!json.is_object() || !json.contains("time_us") || !json["time_us"].is_number_integer()) {
    return wrong;
  }
  if (!json.contains("box") || !json["box"].is_object()) return wrong;
  std::array<float, 4> numbers = {};
  constexpr std::array<const char*, 4> names = {"x", "y", "width", "height"};
  for (size_t i = 0; i < names.size(); ++i) {
    if (!json["box"].contains(names[i]) || !json["box"][names[i]].is_number()) return wrong;
    numbers[i] = json["box"][names[i]].get<float>();
    if (!(std::abs(numbers[i]) <= side_max)) return wrong;
  }
  const Rect box = {numbers[0], numbers[1], numbers[2], numbers[3]};
  if (box.width < side_min || box.height < side_min) return wrong;
  return DrawnBox{{std::max<int64_t>(0, json["time_us"].get<int64_t>())}, box};
}

}  // namespace faceveil

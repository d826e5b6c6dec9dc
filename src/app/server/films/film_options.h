// What a request with a film asks for, as types.
#pragma once

#include <array>
#include <string_view>

#include "app/server/films/film_job.h"
#include "app/server/http.h"

namespace faceveil {

// The options' names, as in docs/api.md.
inline constexpr std::array<std::string_view, 20> film_option_names = {
    "name",  "review",  "detector",   "search",       "threshold",       "sensitivity", "effect",
    "shape", "grow",    "frame",      "second_look",  "accept_findings", "voice",       "mute",
    "bleep", "webhook", "copy_clean", "detect_every", "codec",           "crf"};

// From the query. Errors: bad_input, naming the option.
Result<FilmSettings> parse_film_options(const Fields& query, int thread_count);

// A moment of a film: the option `time_us`, 0 or later, and how many pictures from there `step`
// (-1, 0 or 1). Errors: bad_input, naming the option.
struct FilmMoment {
  MediaTime time;
  int step = 0;
};
Result<FilmMoment> parse_film_moment(const Fields& query);

// A box drawn at a moment, as JSON: {"time_us": 0, "box": {"x", "y", "width", "height"}}, upright
// pixels. Errors: bad_input.
struct DrawnBox {
  MediaTime time;
  Rect box;
};
Result<DrawnBox> parse_drawn_box(std::string_view json);

}  // namespace faceveil

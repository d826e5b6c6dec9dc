#include "plan/voice_change.h"

#include <charconv>
#include <cmath>
#include <optional>

namespace faceveil {
namespace {

// Ten thousand hours: more than any file that we can read, and far from where sums overflow.
constexpr double seconds_max = 36'000'000;

// Seconds with a decimal point, in [0, below).
std::optional<double> seconds_of(std::string_view text, double below) {
  double seconds = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, seconds, std::chars_format::fixed);
  if (error != std::errc() || stop != end || !(seconds >= 0) || seconds >= below) return {};
  return seconds;
}

// Whole hours or minutes.
std::optional<double> whole_of(std::string_view text, int below) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number < 0 || number >= below) return {};
  return number;
}

// "5.5", "1:02.25", "1:00:02": only the first part may be 60 or more.
std::optional<MediaTime> time_of(std::string_view text) {
  double larger_parts = 0;  // In seconds.
  int colons = 0;
  for (size_t colon = text.find(':'); colon != text.npos; colon = text.find(':')) {
    const std::optional<double> part = whole_of(text.substr(0, colon), colons == 0 ? 600'000 : 60);
    if (!part || ++colons > 2) return {};
    larger_parts = (larger_parts + *part) * 60;
    text.remove_prefix(colon + 1);
  }
  const std::optional<double> seconds = seconds_of(text, colons > 0 ? 60 : seconds_max);
  if (!seconds || larger_parts > seconds_max) return {};
  return MediaTime{std::llround((larger_parts + *seconds) * 1e6)};
}

}  // namespace

std::string_view voice_mode_name(VoiceMode mode) {
  switch (mode) {
    case VoiceMode::keep:
      return "keep";
    case VoiceMode::mute:
      return "mute";
    case VoiceMode::disguise:
      return "disguise";
    case VoiceMode::robot:
      return "robot";
  }
  return "";
}

Result<VoiceMode> parse_voice_mode(std::string_view name) {
  for (const VoiceMode mode :
       {VoiceMode::keep, VoiceMode::mute, VoiceMode::disguise, VoiceMode::robot}) {
    if (voice_mode_name(mode) == name) return mode;
  }
  return fail(Error::Kind::bad_input,
              "There is no way \"{0}\" to treat voices: choose keep, mute, disguise or robot.",
              {std::string(name)});
}

Result<SilencedSpan> parse_span(std::string_view text, bool bleep) {
  const size_t dash = text.find('-');
  if (dash != text.npos) {
    const std::optional<MediaTime> from = time_of(text.substr(0, dash));
    const std::optional<MediaTime> to = time_of(text.substr(dash + 1));
    if (from && to && *from < *to) return SilencedSpan{*from, *to, bleep};
  }
  return fail(Error::Kind::bad_input,
              "\"{0}\" is not a stretch of time; give its begin and its end, as in 1:02-1:09.5.",
              {std::string(text)});
}

Status validate(const VoiceChange& change) {
  for (size_t i = 0; i < change.silenced.size(); ++i) {
    const SilencedSpan& span = change.silenced[i];
    if (span.from.microseconds >= 0 && span.from < span.to) continue;
    return about("voice.silenced[" + std::to_string(i) + "]",
                 Status(fail(Error::Kind::bad_input,
                             "A silenced stretch must end after it begins, at 0 or later.")));
  }
  return {};
}

}  // namespace faceveil

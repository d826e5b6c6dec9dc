#include "plan/voice_change.h"

#include <gtest/gtest.h>

namespace faceveil {
namespace {

TEST(VoiceChange, SpansAreReadInHoursMinutesAndSeconds) {
  const auto span = [](const char* text) { return parse_span(text, false).value(); };
  EXPECT_EQ(span("1:02-1:09"), (SilencedSpan{{62'000'000}, {69'000'000}, false}));
  EXPECT_EQ(span("62.5-69"), (SilencedSpan{{62'500'000}, {69'000'000}, false}));
  EXPECT_EQ(span("1:00:02-1:00:09.25"), (SilencedSpan{{3'602'000'000}, {3'609'250'000}, false}));
  EXPECT_EQ(span("0-0.000001"), (SilencedSpan{{0}, {1}, false}));
  EXPECT_TRUE(parse_span("0-1", true).value().bleep);
}

TEST(VoiceChange, WhatIsNoSpanIsRefused) {
  for (const char* text : {"", "-", "5", "5-", "-5", "5-4", "5-5", "1:60-2:00", "1:2:3:4-9", "a-b",
                           "1:02-1:09x", "inf-nan", "1e3-1e4", "0-99999999999999", "1:-1:5"}) {
    EXPECT_FALSE(parse_span(text, false)) << text;
  }
}

TEST(VoiceChange, ModesHaveNames) {
  for (const char* name : {"keep", "mute", "disguise", "robot"}) {
    EXPECT_EQ(voice_mode_name(parse_voice_mode(name).value()), name);
  }
  EXPECT_FALSE(parse_voice_mode("loud"));
}

}  // namespace
}  // namespace faceveil

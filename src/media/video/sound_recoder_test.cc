// Packets of sound whose times mean harm.

#include "media/video/sound_recoder.h"

#include <gtest/gtest.h>

#include <cstring>

namespace faceveil::av {
namespace {

constexpr int rate_hz = 48'000, moments = 480;

class SoundTimes : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(film_);
    stream_ = avformat_new_stream(film_.get(), nullptr);
    ASSERT_TRUE(stream_);
    stream_->time_base = {1, rate_hz};
    stream_->codecpar->codec_type = AVMEDIA_TYPE_AUDIO;
    stream_->codecpar->codec_id = AV_CODEC_ID_PCM_S16LE;
    stream_->codecpar->sample_rate = rate_hz;
    av_channel_layout_default(&stream_->codecpar->ch_layout, 1);
  }

  // Packets at these places, one behind the other; the film's pictures begin at zero.
  Status write(std::initializer_list<int64_t> places, bool may_be_damaged) {
    VideoWriteOptions options;
    options.sound_may_be_damaged = may_be_damaged;
    options.change_sound = [](AudioLayout layout) {
      return SoundChange{[](const AudioBlock& block) { return block; },
                         [layout] {
                           return AudioBlock{{}, layout, {}};
                         }};
    };
    const AVOutputFormat& container = *av_guess_format("matroska", nullptr, nullptr);
    auto recoder = TRY(SoundRecoder::create(*stream_, container, options));
    recoder->count_from(0, {1, 1000});
    const auto count = [this](Packet packet) -> Status {
      written_bytes_ += packet->size;
      return {};
    };
    for (const int64_t place : places) TRY(recoder->write(packet_at(place).get(), count));
    return recoder->write(nullptr, count);
  }

  int64_t written_moments() const { return written_bytes_ / 2; }

 private:
  struct Close {
    void operator()(AVFormatContext* film) const { avformat_free_context(film); }
  };

  static Packet packet_at(int64_t place) {
    Packet packet(av_packet_alloc());
    EXPECT_TRUE(packet && av_new_packet(packet.get(), 2 * moments) == 0);
    std::memset(packet->data, 1, 2 * moments);
    packet->pts = packet->dts = place;
    return packet;
  }

  std::unique_ptr<AVFormatContext, Close> film_{avformat_alloc_context()};
  AVStream* stream_ = nullptr;
  int64_t written_bytes_ = 0;
};

TEST_F(SoundTimes, WhatIsMissingIsSilent) {
  EXPECT_TRUE(write({0, rate_hz}, false));
  EXPECT_EQ(written_moments(), rate_hz + moments);
}

// Years of silence would be made on the way from one to the other.
TEST_F(SoundTimes, SoundLongBeforeThePicturesIsOverTheLimit) {
  const Status status = write({-(int64_t{1} << 50), 0}, false);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, Error::Kind::over_limit);
  EXPECT_LE(written_moments(), moments);
}

TEST_F(SoundTimes, TimesThatNoSoundHasAreDamage) {
  for (const int64_t place : {INT64_MAX, INT64_MIN + 1}) {
    const Status status = write({0, place}, false);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, Error::Kind::bad_input);
    EXPECT_TRUE(write({place, 0, place}, true));
  }
}

}  // namespace
}  // namespace faceveil::av

#include "media/audio_file.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/files.h"
#include "tests/support/drawn_sounds.h"
#include "tests/support/shared_data.h"

namespace faceveil {
namespace {

void put(Bytes& to, std::string_view text) {
  const BytesView bytes = as_bytes(text);
  to.insert(to.end(), bytes.begin(), bytes.end());
}

void put_number(Bytes& to, uint32_t value, int byte_count) {
  for (int i = 0; i < byte_count; ++i) to.push_back(static_cast<std::byte>(value >> (8 * i)));
}

// A WAV file of 16 bits, written by hand, with a LIST chunk that names an artist.
Bytes wav_file(const AudioBlock& sound) {
  const auto channels = static_cast<uint32_t>(sound.layout.channel_count);
  const auto rate = static_cast<uint32_t>(sound.layout.sample_rate_hz);
  const auto data_bytes = static_cast<uint32_t>(2 * sound.samples.size());
  Bytes file;
  put(file, "RIFF");
  put_number(file, 36 + 26 + data_bytes, 4);
  put(file, "WAVEfmt ");
  put_number(file, 16, 4);
  put_number(file, 1, 2);
  put_number(file, channels, 2);
  put_number(file, rate, 4);
  put_number(file, rate * channels * 2, 4);
  put_number(file, channels * 2, 2);
  put_number(file, 16, 2);
  put(file, "LIST");
  put_number(file, 18, 4);
  put(file, "INFOIART");
  put_number(file, 6, 4);
  put(file, "GEHEIM");
  put(file, "data");
  put_number(file, data_bytes, 4);
  for (const float sample : sound.samples) {
    put_number(file, static_cast<uint32_t>(std::lround(sample * 32768)), 2);
  }
  return file;
}

Result<AudioBlock> read_all(BytesView file) {
  AudioReader reader = TRY(AudioReader::create(file));
  AudioBlock whole;
  whole.layout = reader.info().layout;
  while (true) {
    const std::optional<AudioBlock> block = TRY(reader.next());
    if (!block) return whole;
    whole.samples.insert(whole.samples.end(), block->samples.begin(), block->samples.end());
  }
}

Result<Bytes> rewrite(BytesView file) {
  AudioReader reader = TRY(AudioReader::create(file));
  AudioWriter writer = TRY(AudioWriter::create(reader));
  while (true) {
    const std::optional<AudioBlock> block = TRY(reader.next());
    if (!block) return writer.finish();
    TRY(writer.write(*block));
  }
}

bool holds(BytesView file, std::string_view text) {
  return as_text(file).find(text) != std::string_view::npos;
}

TEST(AudioFile, WavComesBackToTheSampleWithoutItsTags) {
  for (const auto& [rate_hz, channels] : {std::pair{8'000, 1}, {44'100, 2}, {192'000, 6}}) {
    const AudioBlock sound = test::noise_sound({rate_hz, channels}, 0.123457, 3);
    const Bytes file = wav_file(sound);
    const Bytes output = rewrite(file).value();
    EXPECT_EQ(sniff_audio(output), AudioFormat::wav);
    EXPECT_EQ(read_all(output).value().samples, read_all(file).value().samples);
    EXPECT_TRUE(holds(file, "GEHEIM"));
    EXPECT_FALSE(holds(output, "GEHEIM"));
    EXPECT_FALSE(holds(output, "Lavf"));
    EXPECT_EQ(read_all(copy_sound_alone(file).value()).value().samples,
              read_all(file).value().samples);
    EXPECT_EQ(AudioReader::create(file).value().info().dropped, std::vector<std::string>{"artist"});
  }
}

TEST(AudioFile, CutOffAndChangedFilesAreErrorsOrSound) {
  const Bytes file = wav_file(test::noise_sound({8'000, 1}, 0.2, 3));
  for (size_t length = 0; length < file.size(); length += 37) {
    EXPECT_FALSE(read_all(BytesView(file).first(length))) << length;
  }
  for (size_t at = 0; at < 70; ++at) {
    Bytes changed = file;
    changed[at] ^= std::byte{0xff};
    const Result<Bytes> output = rewrite(changed);  // Either is right, if it ends.
    EXPECT_TRUE(!output || !output->empty());
  }
}

TEST(AudioFile, IsToldByItsContent) {
  EXPECT_EQ(sniff_audio(as_bytes("fLaC")), AudioFormat::flac);
  EXPECT_EQ(sniff_audio(as_bytes("\xff\xfb\x90\x44")), AudioFormat::mp3);
  for (const char* text : {"", "RIFF", "\x89PNG", "OggS", "ID3", "....ftypisom", "\xff\xd8\xff\xe0",
                           "\xff\xf1\x50\x80"}) {
    EXPECT_FALSE(sniff_audio(as_bytes(text))) << text;
  }
}

TEST(AudioFile, FlacOfARecorderComesBackToTheSample) {
  const auto path = SHARED_OR_SKIP("voice/1688/1688-142285-0000.flac");
  const Bytes file = read_file(path, 1 << 24).value();
  const Bytes output = rewrite(file).value();
  EXPECT_EQ(sniff_audio(output), AudioFormat::flac);
  EXPECT_EQ(read_all(output).value().samples, read_all(file).value().samples);
  EXPECT_FALSE(read_all(BytesView(file).first(file.size() / 2)));
}

}  // namespace
}  // namespace faceveil

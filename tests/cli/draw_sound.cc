// draw_sound FILE SECONDS: a sung vowel as a WAV file of 16 bits with an artist's name in it.

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/files.h"
#include "tests/support/drawn_sounds.h"

namespace faceveil {
namespace {

void put_number(std::string& to, uint32_t value, int byte_count) {
  for (int i = 0; i < byte_count; ++i) to.push_back(static_cast<char>(value >> (8 * i) & 0xff));
}

std::string wav_file(const AudioBlock& sound) {
  const auto rate = static_cast<uint32_t>(sound.layout.sample_rate_hz);
  const auto data_bytes = static_cast<uint32_t>(2 * sound.samples.size());
  std::string file = "RIFF";
  put_number(file, 62 + data_bytes, 4);
  file += "WAVEfmt ";
  for (const uint32_t value : {16u, 1u | 1u << 16, rate, 2 * rate, 2u | 16u << 16}) {
    put_number(file, value, 4);
  }
  file += "LIST";
  put_number(file, 18, 4);
  file += "INFOIART";
  put_number(file, 6, 4);
  file += "GEHEIMdata";
  put_number(file, data_bytes, 4);
  for (const float sample : sound.samples) {
    put_number(file, static_cast<uint32_t>(std::lround(sample * 32767)), 2);
  }
  return file;
}

}  // namespace
}  // namespace faceveil

int main(int argc, char** argv) {
  using namespace faceveil;
  if (argc != 3) return 2;
  const std::string file = wav_file(test::vowel({16'000, 1}, std::atof(argv[2]), 120));
  return write_file(argv[1], as_bytes(file), Overwrite::allow) ? 0 : 1;
}

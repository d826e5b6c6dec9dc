// Films and pictures of films made by us, damaged on purpose where a test wants it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "media/video_frame.h"

namespace faceveil::test {

// How the samples of a picture of a film lie.
struct SampleLayout {
  int bits = 8;                  // 8 or 10.
  int shift_x = 1, shift_y = 1;  // Chroma: {1, 1}, {1, 0} or {0, 0}.
  bool interlaced = false;
};

// The samples of all planes, one behind the other.
std::string samples_of(VideoFrame&);

// Random samples in all planes; the same for the same seed.
VideoFrame noise_frame(SampleLayout, Size, uint64_t seed);

struct DrawnFilm {
  Size size = {96, 64};
  int picture_count = 40;
  int keyframe_every = 10;
  int pictures_a_second = 25;
  int b_frames = 2;
  std::string encoder = "libx264";  // FFmpeg's name.
  std::string container = "matroska";
  uint64_t seed = 1;  // Of the pictures: a pattern that moves, under noise.
  // So many packets of silence, each of so many bytes, stand before the first picture.
  int sound_packets = 0, sound_packet_bytes = 0;
  // In place of the pattern: a drawn face that walks to the right over a plain ground. Pictures of
  // at least 160 x 120.
  bool face = false;
};

// Where the face is in that picture.
Rect drawn_face(const DrawnFilm&, int index);

// Sees each coded picture in the order of the file and may change it; false leaves it out.
using FilmDamage = std::function<bool(int index, std::vector<uint8_t>& coded)>;

enum class DamageKind : uint8_t { lost_or_cut, changed_bytes };

// To one coded picture, or two, of the first 31 but the first one.
FilmDamage damage_by_lot(DamageKind, uint64_t seed);

// A film that is coded once and may be written often. Aborts where that is not possible: no test
// can go on without it.
class CodedFilm {
 public:
  explicit CodedFilm(const DrawnFilm&);
  ~CodedFilm();
  CodedFilm(const CodedFilm&) = delete;
  CodedFilm& operator=(const CodedFilm&) = delete;

  void write(const std::filesystem::path&, const FilmDamage& = {}) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace faceveil::test

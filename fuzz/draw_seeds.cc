// Draws the seeds of fuzz/corpus/animation_read and fuzz/corpus/film_read anew: `draw_seeds
// CORPUS`.

#include <cstdio>

#include "base/check.h"
#include "base/files.h"
#include "tests/support/drawn_animations.h"
#include "tests/support/drawn_films.h"

using namespace faceveil;

namespace {

void put(const std::filesystem::path& path, const Bytes& bytes) {
  std::filesystem::create_directories(path.parent_path());
  CHECK(write_file(path, bytes, Overwrite::allow));
}

void draw_animations(const std::filesystem::path& folder) {
  std::mt19937 random(1);
  for (const int count : {1, 2, 5}) {
    for (const bool words : {false, true}) {
      const Size size = {8 + count, 9};
      const std::string name = std::to_string(count) + (words ? "_with_words" : "");
      const auto gif = test::random_frames(size, count, /*can_go_back=*/true, random);
      put(folder / (name + ".gif"), test::gif_of(size, gif, count - 1, words));
      const auto webp = test::random_frames(size, count, /*can_go_back=*/false, random);
      put(folder / (name + ".webp"), test::webp_of(size, webp, count - 1, words));
    }
  }
}

void draw_film(const std::filesystem::path& path, const char* encoder, const char* container) {
  test::DrawnFilm film;
  film.size = {32, 16};
  film.picture_count = 5;
  film.keyframe_every = 3;
  film.b_frames = std::string_view(encoder) == "libx264" ? 1 : 0;
  film.encoder = encoder;
  film.container = container;
  std::filesystem::create_directories(path.parent_path());
  test::CodedFilm(film).write(path);
}

void draw_films(const std::filesystem::path& folder) {
  draw_film(folder / "h264.mp4", "libx264", "mp4");
  draw_film(folder / "h264.mkv", "libx264", "matroska");
  draw_film(folder / "h264.ts", "libx264", "mpegts");
  draw_film(folder / "h264.flv", "libx264", "flv");
  draw_film(folder / "mpeg4.avi", "mpeg4", "avi");
  draw_film(folder / "mpeg4.mp4", "mpeg4", "mp4");
  draw_film(folder / "mpeg2.mpg", "mpeg2video", "mpeg");
  draw_film(folder / "mjpeg.mkv", "mjpeg", "matroska");
  draw_film(folder / "vp8.webm", "libvpx", "webm");
  draw_film(folder / "vp9.webm", "libvpx-vp9", "webm");
  draw_film(folder / "vp8.ivf", "libvpx", "ivf");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: draw_seeds CORPUS\n");
    return 2;
  }
  const std::filesystem::path corpus = argv[1];
  draw_animations(corpus / "animation_read");
  draw_films(corpus / "film_read");
  return 0;
}

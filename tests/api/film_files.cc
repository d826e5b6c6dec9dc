#include "tests/api/film_files.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace faceveil::test {

const DrawnFilm& short_film() {
  static const DrawnFilm drawn = [] {
    DrawnFilm film;
    film.size = {320, 240};
    film.picture_count = 20;
    film.keyframe_every = 5;
    film.container = "mp4";
    film.face = true;
    return film;
  }();
  return drawn;
}

std::string bytes_of_film(const DrawnFilm& film, const FilmDamage& damage) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("faceveil-film-" + std::to_string(getpid()) + "." + film.container);
  CodedFilm(film).write(path, damage);
  std::ifstream file(path, std::ios::binary);
  std::string content((std::istreambuf_iterator<char>(file)), {});
  std::filesystem::remove(path);
  return content;
}

const std::string& short_film_bytes() {
  static const std::string bytes = bytes_of_film(short_film());
  return bytes;
}

std::string with_free_box(std::string mp4, const std::string& text) {
  const auto size = static_cast<uint32_t>(text.size() + 8);
  for (const int shift : {24, 16, 8, 0}) mp4 += static_cast<char>(size >> shift & 255);
  return mp4 + "free" + text;
}

}  // namespace faceveil::test

// Drawn films as bytes, to be sent to a server.
#pragma once

#include <string>

#include "tests/support/drawn_films.h"

namespace faceveil::test {

// A face walks through twenty pictures of 320 x 240, in MP4.
const DrawnFilm& short_film();
const std::string& short_film_bytes();

// Coded anew with each call.
std::string bytes_of_film(const DrawnFilm&, const FilmDamage& = {});

// The same film in a longer file: a box that players skip stands behind it, and holds this text.
std::string with_free_box(std::string mp4, const std::string& text);

// Quicker than the default; a drawn face is easy.
inline const std::string quick_search = "search=quick&detector=blazeface-full";
// And where looking again is other tests' matter.
inline const std::string quickest = quick_search + "&second_look=none";

}  // namespace faceveil::test

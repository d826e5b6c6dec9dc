// A film's progress as server-sent events (HTML Living Standard, 9.2).
#pragma once

#include <string>

#include "app/server/films/films.h"
#include "app/server/http.h"
#include "base/language.h"

namespace faceveil {

// Writes events until the program has nothing to do for this film, it is erased, or nobody listens.
bool write_film_events(const Films&, const std::string& id, Language, const WriteBody&);

}  // namespace faceveil

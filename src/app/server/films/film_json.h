// Films' jobs as JSON for clients (docs/api.md): the schemas FilmJob, FilmProgress and FilmReport
// of docs/openapi.json; sentences in the language asked for.
#pragma once

#include <string>

#include "app/server/films/film_job.h"
#include "base/language.h"
#include "pipeline/follow_track.h"

namespace faceveil {

std::string format_film_job(const FilmJobView&, Language);
std::string format_film_progress(const FilmJobProgress&);
// As the schema Followed; keyframes as in plans.
std::string format_followed(const Followed&);
std::string format_film_report(const FilmJobView&, Language);

}  // namespace faceveil

// A film's job as a row of the store, and a row as a job again.
#pragma once

#include "app/server/films/film_job.h"
#include "app/server/jobs/job_store.h"

namespace faceveil {

StoredFilm to_record(const FilmJobView&);

// As it stands after a restart: its original is gone, so what has a result is done, and what has
// neither that nor ended is interrupted. The file of the result is still to be opened. Never fails:
// what is not as written counts as absent.
FilmJobView from_record(const StoredFilm&);

}  // namespace faceveil

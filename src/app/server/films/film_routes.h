// The routes of films: those of jobs where the job is a film, and a few of their own. docs/api.md,
// "Films".
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/server/event_stream.h"
#include "app/server/films/covers.h"
#include "app/server/films/films.h"
#include "app/server/http.h"

namespace faceveil {

// Whether the request's body is a film to be taken: a POST to /api/v1/jobs that is no form and says
// that it is a film (or just bytes). What it truly is, its content says.
bool brings_film(const HttpRequest&);

class FilmRoutes {
 public:
  // `webhooks`: addresses that jobs may name.
  FilmRoutes(Films&, int thread_count, std::vector<std::string> webhooks);

  using Names = std::vector<std::string>;  // What stands at the names of the path.
  struct Route {
    std::string_view method, path;
    HttpResponse (FilmRoutes::*handler)(const HttpRequest&, const Names&) const;
  };
  static std::span<const Route> table();

  // The answer, where the request is about a film.
  std::optional<HttpResponse> respond(const HttpRequest&) const;

 private:
  HttpResponse create(const HttpRequest&, const Names&) const;
  HttpResponse take_cover(const HttpRequest&, const Names&) const;
  Result<FilmSettings> settings_of(const HttpRequest&) const;
  HttpResponse job(const HttpRequest&, const Names&) const;
  HttpResponse erase(const HttpRequest&, const Names&) const;
  HttpResponse events(const HttpRequest&, const Names&) const;
  HttpResponse cancel(const HttpRequest&, const Names&) const;
  HttpResponse close(const HttpRequest&, const Names&) const;
  HttpResponse report(const HttpRequest&, const Names&) const;
  HttpResponse result(const HttpRequest&, const Names&) const;
  HttpResponse plan(const HttpRequest&, const Names&) const;
  HttpResponse change_plan(const HttpRequest&, const Names&) const;
  HttpResponse apply(const HttpRequest&, const Names&) const;
  HttpResponse frame(const HttpRequest&, const Names&) const;
  HttpResponse original(const HttpRequest&, const Names&) const;
  HttpResponse face(const HttpRequest&, const Names&) const;
  HttpResponse follow(const HttpRequest&, const Names&) const;

  enum class Shown : uint8_t { hidden, original };
  HttpResponse picture(const HttpRequest&, const Names&, Shown) const;
  HttpResponse answer_with_job(const HttpRequest&, const Names&, int status = 200) const;

  Films& films_;
  const int thread_count_;
  const std::vector<std::string> webhooks_;
  mutable Covers covers_;
  mutable EventListeners listeners_;
};

}  // namespace faceveil

// The server's routes: each takes a request to typed options, has the pipeline do the work, and
// makes a response of the result. docs/api.md describes them for users, docs/openapi.json for
// programs.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/server/films/film_routes.h"
#include "app/server/http.h"
#include "app/server/jobs/job_routes.h"
#include "app/server/options.h"
#include "app/server/trust.h"
#include "app/server/workbench.h"

namespace faceveil {

struct RoutesOptions {
  std::filesystem::path model_folder;
  std::string bound_host = "127.0.0.1";  // What the server listens at; see security.h.
  int working_max = 1;                   // Pictures worked on at once.
  int waiting_max = 0;                   // Requests waiting for one of these places.
  int64_t body_bytes_max = 0;            // Told in the sentence of 413.
  std::shared_ptr<JobStore> store;       // Where results of jobs lie.
  JobsOptions jobs;
  int64_t film_bytes_max = int64_t{4} << 30;  // Of one film; it lies on disk, not in memory.
  std::vector<std::string> webhooks;          // Addresses that jobs may name.
  std::string secret;                         // Token or password; empty: everybody may ask.
  bool encrypted = false;                     // By TLS.
  std::shared_ptr<HttpTraffic> traffic = std::make_shared<HttpTraffic>();
};

class Routes : public HttpHandler {
 public:
  // Errors: io, when what an earlier process left cannot be read.
  static Result<std::shared_ptr<const Routes>> create(const RoutesOptions&);

  std::optional<HttpResponse> admit(const HttpRequest&) const override;
  Result<std::shared_ptr<BodyFile>> body_file(const HttpRequest&) const override;
  HttpResponse respond(const HttpRequest&) const override;
  HttpResponse refuse(const HttpRequest&, int status) const override;

  // Loads the detector that requests without options use. Errors: as Detector::create.
  Status warm_up() const;

  struct Route {
    std::string_view method;
    std::string_view path;  // As match_path has it.
    HttpResponse (Routes::*handler)(const HttpRequest&) const;
  };
  static std::span<const Route> table();

 private:
  static const std::array<Route, 13> own_routes;
  explicit Routes(const RoutesOptions&);
  std::optional<HttpResponse> refuse_stranger(const HttpRequest&) const;
  HttpResponse page(const HttpRequest&) const;
  HttpResponse upload(const HttpRequest&) const;
  HttpResponse hide_picture(const HttpRequest&) const;
  HttpResponse detect(const HttpRequest&) const;
  // Of a review (review_routes.cc).
  HttpResponse plan(const HttpRequest&) const;
  HttpResponse apply(const HttpRequest&) const;
  HttpResponse metadata(const HttpRequest&) const;
  HttpResponse voice(const HttpRequest&) const;  // voice_route.cc
  HttpResponse health(const HttpRequest&) const;
  HttpResponse version(const HttpRequest&) const;
  HttpResponse openapi(const HttpRequest&) const;
  HttpResponse trust(const HttpRequest&) const;
  HttpResponse job(const HttpRequest&) const;

  struct Work;
  HttpResponse hide_and_answer(const HttpRequest&, const Work&) const;
  Result<Checked> hide_for_job(BytesView original, const JobSettings&, const Client&) const;

  const RoutesOptions options_;
  mutable Workbench workbench_;
  const OpenFiles open_files_;
  const WallClock::time_point since_ = WallClock::now();
  // Last, as their threads use what stands above.
  std::unique_ptr<Jobs> jobs_;
  std::unique_ptr<JobRoutes> job_routes_;
  std::unique_ptr<Films> films_;
  std::unique_ptr<FilmRoutes> film_routes_;
};

}  // namespace faceveil

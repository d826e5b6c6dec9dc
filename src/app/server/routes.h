// The server's routes: each takes a request to typed options, has the pipeline do the work, and
// makes a response of the result. docs/api.md describes them for users, docs/openapi.json for
// programs.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "app/server/detector_store.h"
#include "app/server/http.h"
#include "app/server/options.h"
#include "app/server/work_gate.h"

namespace faceveil {

struct RoutesOptions {
  std::filesystem::path model_folder;
  std::string bound_host = "127.0.0.1";  // What the server listens at; see security.h.
  int working_max = 1;                   // Pictures worked on at once.
  int waiting_max = 0;                   // Requests waiting for one of these places.
  int64_t body_bytes_max = 0;            // Told in the sentence of 413.
};

class Routes : public HttpHandler {
 public:
  explicit Routes(const RoutesOptions&);

  std::optional<HttpResponse> admit(const HttpRequest&) const override;
  HttpResponse respond(const HttpRequest&) const override;
  HttpResponse refuse(const HttpRequest&, int status) const override;

  // Loads the detector that requests without options use. Errors: as Detector::create.
  Status warm_up() const;

  struct Route {
    std::string_view method;
    std::string_view path;  // Ends with '*' where everything that begins so belongs to the route.
    HttpResponse (Routes::*handler)(const HttpRequest&) const;
  };
  static std::span<const Route> table();

 private:
  HttpResponse page(const HttpRequest&) const;
  HttpResponse upload(const HttpRequest&) const;
  HttpResponse hide_picture(const HttpRequest&) const;
  HttpResponse detect(const HttpRequest&) const;
  // Of a review (review_routes.cc).
  HttpResponse plan(const HttpRequest&) const;
  HttpResponse apply(const HttpRequest&) const;
  HttpResponse metadata(const HttpRequest&) const;
  HttpResponse health(const HttpRequest&) const;
  HttpResponse version(const HttpRequest&) const;
  HttpResponse openapi(const HttpRequest&) const;

  struct Work;
  HttpResponse hide_and_answer(const HttpRequest&, const Work&) const;
  Result<Hidden> hide_in_turn(const Upload&, const WorkOptions&, double& wait_ms,
                              double& work_ms) const;
  Result<Detection> detect_in_turn(const Upload&, const WorkOptions&, double& work_ms) const;
  Result<RedactionPlan> plan_in_turn(const Upload&, WorkOptions) const;
  Result<Applied> apply_in_turn(const Upload&, const RedactionPlan&, ApplyOptions) const;

  const RoutesOptions options_;
  mutable DetectorStore detectors_;
  mutable WorkGate gate_;
};

}  // namespace faceveil

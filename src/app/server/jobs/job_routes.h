// The routes of jobs. docs/api.md, "Jobs".
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/server/event_stream.h"
#include "app/server/http.h"
#include "app/server/jobs/jobs.h"

namespace faceveil {

class JobRoutes {
 public:
  // `webhooks` are the addresses ("127.0.0.1:9000") that a job may name.
  JobRoutes(Jobs&, Workbench&, std::vector<std::string> webhooks);

  using Names = std::vector<std::string>;  // What stands at the names of the path.
  struct Route {
    std::string_view method, path;
    HttpResponse (JobRoutes::*handler)(const HttpRequest&, const Names&) const;
  };
  static std::span<const Route> table();

  // The request must be for one of the table's routes.
  HttpResponse respond(const HttpRequest&) const;

 private:
  HttpResponse create(const HttpRequest&, const Names&) const;
  HttpResponse add_files(const HttpRequest&, const Names&) const;
  HttpResponse job(const HttpRequest&, const Names&) const;
  HttpResponse erase(const HttpRequest&, const Names&) const;
  HttpResponse events(const HttpRequest&, const Names&) const;
  HttpResponse pause(const HttpRequest&, const Names&) const;
  HttpResponse resume(const HttpRequest&, const Names&) const;
  HttpResponse cancel(const HttpRequest&, const Names&) const;
  HttpResponse close(const HttpRequest&, const Names&) const;
  HttpResponse report(const HttpRequest&, const Names&) const;
  HttpResponse zip(const HttpRequest&, const Names&) const;
  HttpResponse file(const HttpRequest&, const Names&) const;
  HttpResponse result(const HttpRequest&, const Names&) const;
  HttpResponse plan(const HttpRequest&, const Names&) const;
  HttpResponse change_plan(const HttpRequest&, const Names&) const;
  HttpResponse preview(const HttpRequest&, const Names&) const;
  HttpResponse preview_plan(const HttpRequest&, const Names&) const;
  HttpResponse original(const HttpRequest&, const Names&) const;
  HttpResponse file_report(const HttpRequest&, const Names&) const;
  HttpResponse close_file(const HttpRequest&, const Names&) const;
  HttpResponse cancel_file(const HttpRequest&, const Names&) const;
  HttpResponse erase_file(const HttpRequest&, const Names&) const;

  Result<JobSettings> settings_of(const BatchUpload&) const;
  HttpResponse taken(const HttpRequest&, const std::string& id) const;
  HttpResponse answer_with_job(const HttpRequest&, const Names&, bool found) const;
  using UseFile = std::function<HttpResponse(const JobView&, const FileView&)>;
  HttpResponse with_file(const HttpRequest&, const Names&, const UseFile&) const;
  HttpResponse with_hidden(const HttpRequest&, const Names&, const UseFile&) const;
  bool write_zip(const JobView&, Language, const WriteBody&) const;

  Jobs& jobs_;
  Workbench& workbench_;
  const std::vector<std::string> webhooks_;
  mutable EventListeners listeners_;
};

}  // namespace faceveil

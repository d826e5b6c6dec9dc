#include "app/server/jobs/job_routes.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "app/server/answers.h"
#include "app/server/attachment.h"
#include "app/server/job_answers.h"
#include "app/server/jobs/corrections.h"
#include "app/server/jobs/display_picture.h"
#include "app/server/jobs/events.h"
#include "app/server/jobs/job_json.h"
#include "app/server/jobs/webhook.h"
#include "app/server/jobs/zip_writer.h"
#include "app/server/path_pattern.h"
#include "app/server/problem.h"
#include "plan/plan_json.h"

namespace faceveil {
namespace {

HttpResponse problem_of_lookup(const HttpRequest& request, Lookup lookup) {
  return problem_of_lookup(
      request, lookup,
      fail(Error::Kind::bad_input,
           "The review is closed and the original wiped; send the picture again."));
}

int number_of(const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

Result<bool> take_review(Fields& options) {
  const auto value = TRY(take_option(options, "review"));
  if (!value || value->empty()) return false;
  return about("review", parse_flag(*value));
}

std::vector<Jobs::NewFile> new_files(const BatchUpload& batch) {
  std::vector<Jobs::NewFile> files;
  for (const auto& picture : batch.pictures) files.push_back({picture.name, picture.bytes});
  return files;
}

Sitter sitter_of(const Jobs::Review& review) {
  const JobSettings& settings = *review.settings;
  return {review.original->bytes(), settings.cover_bytes(), settings.cover_name};
}

// The one option that a correction takes.
Result<bool> accepts_findings(const Fields& query) {
  constexpr std::string_view name = "accept_findings";
  const WorkOptions options = TRY(parse_options(work_options(query), {&name, 1}, {}));
  return options.accept_findings;
}

HttpResponse shown(const HttpRequest& request, BytesView file) {
  const auto picture = display_picture(file);
  if (!picture) return problem_of_picture(request, picture.error());
  return bytes_answer(std::string(picture->mime_type), picture->bytes);
}

}  // namespace

JobRoutes::JobRoutes(Jobs& jobs, Workbench& workbench, std::vector<std::string> webhooks)
    : jobs_(jobs), workbench_(workbench), webhooks_(std::move(webhooks)) {}

std::span<const JobRoutes::Route> JobRoutes::table() {
  static constexpr std::array<Route, 22> routes = {{
      {"POST", "/api/v1/jobs", &JobRoutes::create},
      {"GET", "/api/v1/jobs/{id}", &JobRoutes::job},
      {"DELETE", "/api/v1/jobs/{id}", &JobRoutes::erase},
      {"POST", "/api/v1/jobs/{id}/files", &JobRoutes::add_files},
      {"GET", "/api/v1/jobs/{id}/events", &JobRoutes::events},
      {"POST", "/api/v1/jobs/{id}/pause", &JobRoutes::pause},
      {"POST", "/api/v1/jobs/{id}/resume", &JobRoutes::resume},
      {"POST", "/api/v1/jobs/{id}/cancel", &JobRoutes::cancel},
      {"POST", "/api/v1/jobs/{id}/close", &JobRoutes::close},
      {"GET", "/api/v1/jobs/{id}/report", &JobRoutes::report},
      {"GET", "/api/v1/jobs/{id}/result.zip", &JobRoutes::zip},
      {"GET", "/api/v1/jobs/{id}/files/{file}", &JobRoutes::file},
      {"DELETE", "/api/v1/jobs/{id}/files/{file}", &JobRoutes::erase_file},
      {"POST", "/api/v1/jobs/{id}/files/{file}/cancel", &JobRoutes::cancel_file},
      {"GET", "/api/v1/jobs/{id}/files/{file}/result", &JobRoutes::result},
      {"GET", "/api/v1/jobs/{id}/files/{file}/plan", &JobRoutes::plan},
      {"PATCH", "/api/v1/jobs/{id}/files/{file}/plan", &JobRoutes::change_plan},
      {"GET", "/api/v1/jobs/{id}/files/{file}/preview", &JobRoutes::preview},
      {"POST", "/api/v1/jobs/{id}/files/{file}/preview", &JobRoutes::preview_plan},
      {"GET", "/api/v1/jobs/{id}/files/{file}/original", &JobRoutes::original},
      {"GET", "/api/v1/jobs/{id}/files/{file}/report", &JobRoutes::file_report},
      {"POST", "/api/v1/jobs/{id}/files/{file}/close", &JobRoutes::close_file},
  }};
  return routes;
}

HttpResponse JobRoutes::respond(const HttpRequest& request) const {
  for (const Route& route : table()) {
    if (route.method != request.method) continue;
    if (const auto names = match_path(route.path, request.path)) {
      return (this->*route.handler)(request, *names);
    }
  }
  return no_such_job(request);
}

// --- jobs ---

Result<JobSettings> JobRoutes::settings_of(const BatchUpload& batch) const {
  JobSettings settings;
  Fields options = batch.options;
  settings.review = TRY(take_review(options));
  const auto webhook = TRY(take_option(options, "webhook"));
  settings.webhook = webhook.value_or("");
  TRY(check_webhook(settings.webhook, webhooks_));
  settings.work = TRY(parse_options(options, hide_option_names(), {}));
  TRY(check_cover(batch.cover, settings.work));
  if (batch.cover) settings.cover = std::make_shared<Original>(*batch.cover);
  settings.cover_name = batch.cover_name;
  return settings;
}

HttpResponse JobRoutes::create(const HttpRequest& request, const Names&) const {
  const auto batch = read_batch(request);
  if (!batch) return problem_of_request(request, batch.error());
  auto settings = settings_of(*batch);
  if (!settings) return problem_of_request(request, settings.error());
  const auto id = jobs_.add_job(std::move(*settings), new_files(*batch));
  return id ? taken(request, *id) : problem_of_queue(request, id.error());
}

HttpResponse JobRoutes::add_files(const HttpRequest& request, const Names& names) const {
  const auto batch = read_batch(request);
  if (!batch) return problem_of_request(request, batch.error());
  // Options are the job's own: none is known here.
  const auto options = parse_options(batch->options, {}, {});
  if (!options) return problem_of_request(request, options.error());
  const auto lookup = jobs_.add_files(names[0], new_files(*batch));
  if (!lookup) return problem_of_queue(request, lookup.error());
  return *lookup == Lookup::found ? taken(request, names[0]) : problem_of_lookup(request, *lookup);
}

HttpResponse JobRoutes::taken(const HttpRequest& request, const std::string& id) const {
  const auto view = jobs_.view(id);
  if (!view) return no_such_job(request);
  HttpResponse response = json_answer(format_job(*view, language_of(request)));
  response.status = 202;
  response.headers.emplace_back("Location", job_address(id));
  return response;
}

HttpResponse JobRoutes::answer_with_job(const HttpRequest& request, const Names& names,
                                        bool found) const {
  const auto view = jobs_.view(names[0]);
  if (!found || !view) return no_such_job(request);
  return json_answer(format_job(*view, language_of(request)));
}

HttpResponse JobRoutes::job(const HttpRequest& request, const Names& names) const {
  return answer_with_job(request, names, true);
}

HttpResponse JobRoutes::pause(const HttpRequest& request, const Names& names) const {
  return answer_with_job(request, names, jobs_.set_paused(names[0], true));
}

HttpResponse JobRoutes::resume(const HttpRequest& request, const Names& names) const {
  return answer_with_job(request, names, jobs_.set_paused(names[0], false));
}

HttpResponse JobRoutes::cancel(const HttpRequest& request, const Names& names) const {
  return answer_with_job(request, names, jobs_.cancel(names[0]));
}

HttpResponse JobRoutes::close(const HttpRequest& request, const Names& names) const {
  return answer_with_job(request, names, jobs_.close(names[0]));
}

HttpResponse JobRoutes::erase(const HttpRequest& request, const Names& names) const {
  const auto erased = jobs_.erase(names[0]);
  if (!erased) return problem_of_picture(request, erased.error());
  return *erased ? nothing_left() : no_such_job(request);
}

HttpResponse JobRoutes::events(const HttpRequest& request, const Names& names) const {
  if (!jobs_.view(names[0])) return no_such_job(request);
  return listeners_.answer(
      request, [this, id = names[0], language = language_of(request)](const WriteBody& write) {
        return write_events(jobs_, id, language, write);
      });
}

HttpResponse JobRoutes::report(const HttpRequest& request, const Names& names) const {
  const auto view = jobs_.view(names[0]);
  if (!view) return no_such_job(request);
  return json_answer(format_job_report(*view, language_of(request)));
}

HttpResponse JobRoutes::zip(const HttpRequest& request, const Names& names) const {
  const auto view = jobs_.view(names[0]);
  if (!view) return no_such_job(request);
  if (!std::ranges::all_of(view->files, is_settled, &FileView::state)) return not_ready(request);
  HttpResponse response;
  response.content_type = "application/zip";
  response.headers = {{"Cache-Control", "no-store"},
                      {"Content-Disposition", content_disposition("faceveil.zip")}};
  response.stream = [this, job = *view, language = language_of(request)](const WriteBody& write) {
    return write_zip(job, language, write);
  };
  return response;
}

// A result that is gone in the meantime breaks the file off: better than one that lacks it.
bool JobRoutes::write_zip(const JobView& job, Language language, const WriteBody& write) const {
  ZipWriter zip(write);
  for (const FileView& file : job.files) {
    if (!has_result(file)) continue;
    const auto bytes = jobs_.result(job.id, file.number);
    if (!bytes || !zip.add(result_name(file), *bytes)) return false;
  }
  const std::string report = format_job_report(job, language);
  return zip.add("report.json", as_bytes(report)) && zip.finish();
}

// --- files ---

HttpResponse JobRoutes::with_file(const HttpRequest& request, const Names& names,
                                  const UseFile& use) const {
  const auto view = jobs_.view(names[0]);
  const int number = number_of(names[1]);
  if (!view || number < 1 || static_cast<size_t>(number) > view->files.size()) {
    return no_such_job(request);
  }
  const FileView& file = view->files[static_cast<size_t>(number) - 1];
  return file.state == FileState::removed ? no_such_job(request) : use(*view, file);
}

HttpResponse JobRoutes::with_hidden(const HttpRequest& request, const Names& names,
                                    const UseFile& use) const {
  return with_file(request, names, [&](const JobView& job, const FileView& file) {
    return was_hidden(file.state) ? use(job, file) : not_ready(request);
  });
}

HttpResponse JobRoutes::file(const HttpRequest& request, const Names& names) const {
  return with_file(request, names, [&](const JobView& job, const FileView& file) {
    return json_answer(format_file(job, file, language_of(request)));
  });
}

HttpResponse JobRoutes::cancel_file(const HttpRequest& request, const Names& names) const {
  const Lookup lookup = jobs_.cancel_file(names[0], number_of(names[1]));
  return lookup == Lookup::found ? file(request, names) : no_such_job(request);
}

HttpResponse JobRoutes::erase_file(const HttpRequest& request, const Names& names) const {
  const Lookup lookup = jobs_.erase_file(names[0], number_of(names[1]));
  return lookup == Lookup::found ? nothing_left() : no_such_job(request);
}

HttpResponse JobRoutes::result(const HttpRequest& request, const Names& names) const {
  return with_hidden(request, names, [&](const JobView& job, const FileView& file) {
    if (!has_result(file)) return problem_of_findings(request, file.facts.verification);
    const auto bytes = jobs_.result(job.id, file.number);
    if (!bytes) return problem_of_picture(request, bytes.error());
    HttpResponse response = bytes_answer(std::string(format_mime_type(file.facts.format)), *bytes);
    response.headers.emplace_back("Content-Disposition", content_disposition(result_name(file)));
    return response;
  });
}

HttpResponse JobRoutes::plan(const HttpRequest& request, const Names& names) const {
  return with_hidden(request, names, [&](const JobView&, const FileView& file) {
    return file.plan ? json_answer(format_plan(*file.plan))
                     : problem_of_lookup(request, Lookup::closed);
  });
}

HttpResponse JobRoutes::file_report(const HttpRequest& request, const Names& names) const {
  return with_file(request, names, [&](const JobView&, const FileView& file) {
    if (!is_settled(file.state)) return not_ready(request);
    return json_answer(format_file_report(file, language_of(request)));
  });
}

HttpResponse JobRoutes::preview(const HttpRequest& request, const Names& names) const {
  return with_hidden(request, names, [&](const JobView& job, const FileView& file) {
    if (!is_hidden(file.state)) return problem_of_findings(request, file.facts.verification);
    const auto bytes = jobs_.result(job.id, file.number);
    return bytes ? shown(request, *bytes) : problem_of_picture(request, bytes.error());
  });
}

// --- review ---

// A person has said what is to be hidden: looking again adds nothing to that.
HttpResponse JobRoutes::change_plan(const HttpRequest& request, const Names& names) const {
  const auto accepted = accepts_findings(request.query);
  if (!accepted) return problem_of_request(request, accepted.error());
  const auto make = [&](const Jobs::Review& review) -> Result<Checked> {
    const RedactionPlan plan =
        TRY(corrected_plan(review.plan, review.found, as_text(request.body)));
    WorkOptions options = review.settings->work;
    options.exact = true;
    return workbench_.apply(plan, sitter_of(review), options, client_of(request));
  };
  const auto lookup = jobs_.correct(names[0], number_of(names[1]), *accepted, make);
  if (!lookup) return problem_of_plan(request, lookup.error());
  return *lookup == Lookup::found ? file(request, names) : problem_of_lookup(request, *lookup);
}

HttpResponse JobRoutes::preview_plan(const HttpRequest& request, const Names& names) const {
  HttpResponse response;
  const auto lookup =
      jobs_.look(names[0], number_of(names[1]), [&](const Jobs::Review& review) -> Status {
        const RedactionPlan plan =
            TRY(corrected_plan(review.plan, review.found, as_text(request.body)));
        const Applied applied = TRY(
            workbench_.preview(plan, sitter_of(review), review.settings->work, client_of(request)));
        response = shown(request, applied.bytes);
        return {};
      });
  if (!lookup) return problem_of_plan(request, lookup.error());
  return *lookup == Lookup::found ? response : problem_of_lookup(request, *lookup);
}

HttpResponse JobRoutes::original(const HttpRequest& request, const Names& names) const {
  HttpResponse response;
  const auto lookup =
      jobs_.look(names[0], number_of(names[1]), [&](const Jobs::Review& review) -> Status {
        response = shown(request, review.original->bytes());
        return {};
      });
  if (!lookup) return problem_of_picture(request, lookup.error());
  return *lookup == Lookup::found ? response : problem_of_lookup(request, *lookup);
}

HttpResponse JobRoutes::close_file(const HttpRequest& request, const Names& names) const {
  const Lookup lookup = jobs_.close_file(names[0], number_of(names[1]));
  return lookup == Lookup::found ? file(request, names) : no_such_job(request);
}

}  // namespace faceveil

// Jobs as JSON: for clients (docs/api.md), and what a row of the store holds.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/server/jobs/job.h"
#include "base/language.h"

namespace faceveil {

// "/api/v1/jobs/ID", and "/api/v1/jobs/ID/files/NUMBER".
std::string job_address(const std::string& id);
std::string file_address(const std::string& id, int number);

// "a.jpg" -> "a-hidden.jpg", in the format that the result has.
std::string result_name(const FileView&);

// As the schemas Job, JobFile and JobProgress of docs/openapi.json, on one line; sentences in the
// language asked for.
std::string format_job(const JobView&, Language);
std::string format_file(const JobView&, const FileView&, Language);
std::string format_progress(const JobProgress&);

// As the schemas JobReport and FileReport.
std::string format_job_report(const JobView&, Language);
std::string format_file_report(const FileView&, Language);

// RFC 3339, UTC.
std::string format_time(WallClock::time_point);

// For the store. Parsing never fails: what is not as written counts as absent.
std::string format_facts(const FileFacts&);
FileFacts parse_facts(std::string_view);
std::string format_error(const Error&);
std::optional<Error> parse_error(std::string_view);

}  // namespace faceveil

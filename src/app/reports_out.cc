#include "app/reports_out.h"

#include <algorithm>
#include <filesystem>

#include "app/commands/command.h"
#include "app/report.h"
#include "app/report_page.h"
#include "detect/detector.h"

namespace faceveil {
namespace {

bool is_page(const std::string& file) {
  const std::string extension = std::filesystem::path(file).extension().string();
  return extension == ".html" || extension == ".htm";
}

// What could have looked for faces. A report is not given up for a file that cannot be read.
std::vector<InstalledModel> models_for(const std::vector<std::string>& brought) {
  std::vector<InstalledModel> models;
  if (const auto folder = find_model_folder()) {
    models = installed_models(*folder).value_or(std::vector<InstalledModel>());
  }
  for (const std::string& file : brought) {
    if (auto model = brought_by_a_person(file)) models.push_back(std::move(*model));
  }
  return models;
}

}  // namespace

int preview_px_for(const std::vector<std::string>& files) {
  constexpr int preview_px = 320;
  return std::ranges::any_of(files, is_page) ? preview_px : 0;
}

Status write_reports(const std::vector<std::string>& files, std::span<const HideReport> reports,
                     const std::vector<std::string>& brought, Overwrite overwrite) {
  if (files.empty()) return {};
  const std::vector<InstalledModel> models = models_for(brought);
  for (const std::string& file : files) {
    const std::string text =
        is_page(file) ? format_report_page(reports, models) : format_report(reports, models);
    TRY(about(file, write_file(file, as_bytes(text), overwrite)));
  }
  return {};
}

int exit_code_of(std::span<const HideReport> reports) {
  int code = exit_done;
  for (const HideReport& report : reports) {
    if (report.error) code = std::max(code, exit_failed);
    if (!report.verification.clean()) code = exit_found;
  }
  return code;
}

}  // namespace faceveil

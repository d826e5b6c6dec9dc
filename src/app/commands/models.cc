// faceveil models: what is installed to look for faces with, and where it comes from.

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/command.h"
#include "app/commands/common_options.h"
#include "app/offline.h"
#include "base/language.h"
#include "detect/installed_models.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

void print_json(const std::vector<InstalledModel>& models) {
  Json json = {{"models", Json::array()}};
  for (const InstalledModel& model : models) {
    json["models"].push_back({{"name", model.name},
                              {"file", model.file.string()},
                              {"licence", model.licence},
                              {"source", model.source},
                              {"sha256", model.sha256}});
  }
  std::printf("%s\n", json.dump(1, ' ', false, Json::error_handler_t::replace).c_str());
}

// A block a model: a row of all five would be wider than any terminal.
void print_table(const std::vector<InstalledModel>& models) {
  for (const InstalledModel& model : models) {
    const std::string name(model.name), licence(model.licence), source(model.source);
    std::printf("%-22s %s\n", name.c_str(), model.file.c_str());
    std::printf("%-22s %s; %s\n", "", licence.c_str(), source.c_str());
    std::printf("%-22s sha256 %s\n", "", model.sha256.c_str());
  }
}

Status list_models(bool as_json) {
  TRY(forbid_network());
  const std::filesystem::path folder = TRY(find_model_folder());
  const std::vector<InstalledModel> models = TRY(installed_models(folder));
  if (as_json) {
    print_json(models);
  } else {
    print_table(models);
  }
  return {};
}

}  // namespace

void add_models_command(CLI::App& app, Run& run) {
  const auto as_json = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand(
      "models", tr("List the installed models: file, licence, source and SHA-256"));
  command->add_flag("--json", *as_json, tr("Print JSON"));
  command->callback([as_json, &run] {
    run = [as_json] {
      const Status status = list_models(*as_json);
      return status ? exit_done : print_error(status.error(), exit_failed);
    };
  });
}

}  // namespace faceveil

#include "app/outputs.h"

#include <map>

namespace faceveil {
namespace {

namespace fs = std::filesystem;

fs::path hidden_name(const fs::path& path) {
  return path.stem().string() + "-hidden" + path.extension().string();
}

// "holiday/" and "holiday" alike; "." has no name of its own to add to.
fs::path hidden_folder(const fs::path& folder) {
  fs::path whole = fs::absolute(folder).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();
  return whole.parent_path() / (whole.filename().string() + "-hidden");
}

fs::path output_for(const Input& input, const OutputChoice& choice) {
  if (!choice.file.empty()) return choice.file;
  if (input.path == "-") return "-";
  if (!choice.folder.empty()) return fs::path(choice.folder) / input.relative;
  if (!input.folder.empty()) return hidden_folder(input.folder) / input.relative;
  return input.path.parent_path() / hidden_name(input.path);
}

Status check_choice(const std::vector<Input>& inputs, const OutputChoice& choice) {
  if (!choice.file.empty() && !choice.folder.empty()) {
    return fail(Error::Kind::bad_input, "Give either -o or --out-dir, not both.");
  }
  if (inputs.size() != 1 && !choice.file.empty()) {
    return fail(Error::Kind::bad_input, "-o takes exactly one input, here are {0}; use --out-dir.",
                {std::to_string(inputs.size())});
  }
  if (inputs.size() != 1 && !choice.plan.empty()) {
    return fail(Error::Kind::bad_input, "--plan-out takes exactly one input, here are {0}.",
                {std::to_string(inputs.size())});
  }
  return {};
}

// Two inputs that would be written to one name: the second would overwrite the first, or fail late.
Status check_distinct(const std::vector<HideJob>& jobs) {
  std::map<fs::path, fs::path> owner;
  for (const HideJob& job : jobs) {
    if (job.output == "-") continue;
    const auto [other, is_new] =
        owner.emplace(fs::absolute(job.output).lexically_normal(), job.input);
    if (is_new) continue;
    return fail(Error::Kind::bad_input, "{0} and {1} would both be written to {2}.",
                {other->second.string(), job.input.string(), job.output.string()});
  }
  return {};
}

}  // namespace

Result<std::vector<HideJob>> plan_outputs(const std::vector<Input>& inputs,
                                          const OutputChoice& choice) {
  TRY(check_choice(inputs, choice));
  std::vector<HideJob> jobs;
  for (const Input& input : inputs) {
    HideJob job;
    job.input = input.path;
    job.output = output_for(input, choice);
    job.plan_out = choice.plan;
    job.overwrite = choice.force ? Overwrite::allow : Overwrite::refuse;
    jobs.push_back(std::move(job));
  }
  TRY(check_distinct(jobs));
  return jobs;
}

}  // namespace faceveil

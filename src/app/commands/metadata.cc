// faceveil metadata FILE...: what stands in a file beside its picture, and what each policy drops.

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/command.h"
#include "app/commands/common_options.h"
#include "app/offline.h"
#include "base/files.h"
#include "base/language.h"
#include "base/limits.h"
#include "media/animation.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;
using Keep = MetadataPolicy::Keep;

constexpr Keep policies[] = {Keep::nothing, Keep::dates, Keep::all};

struct MetadataOptions {
  std::vector<std::string> inputs;
  bool json = false;
  bool show_values = false;
};

// What stands in one file.
struct Beside {
  std::vector<MetadataFinding> findings;
  bool moves = false;  // An animation that stays one: its further frames are its pictures.
};

// Every picture of an animation is made anew, and no policy keeps its words.
std::string_view fate_name_of(const MetadataFinding& finding, Keep keep, bool moves) {
  if (moves && finding.kind == MetadataKind::further_picture) {
    return fate_name(MetadataFate::rewritten);
  }
  const bool is_dropped = moves && class_of(finding.kind) != MetadataClass::colour;
  return fate_name(is_dropped ? MetadataFate::dropped : fate_of(finding, {keep, false}));
}

Json json_of(const MetadataFinding& finding, bool moves, bool show_values) {
  Json json = {{"kind", kind_name(finding.kind)},
               {"offset", finding.offset},
               {"bytes", finding.length},
               {"detail", finding.detail}};
  if (show_values && !finding.value.empty()) json["value"] = finding.value;
  for (const Keep keep : policies) {
    json["policies"][std::string(policy_name(keep))] = fate_name_of(finding, keep, moves);
  }
  return json;
}

void print_json(const std::string& name, const Beside& beside, bool show_values) {
  Json json = {{"image", name}, {"findings", Json::array()}};
  for (const MetadataFinding& finding : beside.findings) {
    json["findings"].push_back(json_of(finding, beside.moves, show_values));
  }
  std::printf("%s\n", json.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
}

// A cell and blanks up to `width` columns: most Chinese characters take two columns and three
// bytes.
std::string cell(std::string text, size_t width) {
  size_t columns = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    columns += byte < 0x80 || byte >= 0xc0 ? (byte >= 0xe0 ? 2 : 1) : 0;
  }
  text.append(columns < width ? width - columns : 1, ' ');
  return text;
}

std::string row(const std::string& offset, const std::string& bytes, const std::string& what,
                const std::array<std::string, 3>& fates) {
  std::string line = "  " + cell(offset, 11) + cell(bytes, 11);
  for (const std::string& fate : fates) line += cell(fate, 12);
  return line + what;
}

std::string row_of(const MetadataFinding& finding, bool moves, bool show_values) {
  std::string what = tr(kind_description(finding.kind));
  if (!finding.detail.empty()) what += " (" + finding.detail + ")";
  if (show_values && !finding.value.empty()) what += ": " + finding.value;
  std::array<std::string, 3> fates;
  for (size_t i = 0; i < fates.size(); ++i)
    fates[i] = tr(fate_name_of(finding, policies[i], moves));
  return row(std::to_string(finding.offset), std::to_string(finding.length), what, fates);
}

void print_table(const std::string& name, const Beside& beside, bool show_values) {
  if (beside.findings.empty()) {
    std::printf("%s\n", tr("{0}: nothing beside the picture", {name}).c_str());
    return;
  }
  const std::string count = std::to_string(beside.findings.size());
  std::printf("%s\n", tr("{0}: {1} parts beside the picture", {name, count}).c_str());
  std::array<std::string, 3> names;
  std::ranges::transform(policies, names.begin(), policy_name);
  std::printf("%s\n", row(tr("offset"), tr("bytes"), tr("what"), names).c_str());
  for (const MetadataFinding& finding : beside.findings) {
    std::printf("%s\n", row_of(finding, beside.moves, show_values).c_str());
  }
}

Status show_file(const std::string& name, const MetadataOptions& options) {
  const Bytes file = TRY(read_file(name, limits::input_bytes_max));
  Beside beside;
  beside.findings = TRY(inspect_metadata(file));
  beside.moves = is_animation(file) && sniff_still(file) != StillFormat::png;
  if (options.json) {
    print_json(name, beside, options.show_values);
  } else {
    print_table(name, beside, options.show_values);
  }
  return {};
}

int show_files(const MetadataOptions& options) {
  const Status offline = forbid_network();
  if (!offline) return print_error(offline.error(), exit_failed);
  int code = exit_done;
  for (const std::string& name : options.inputs) {
    const Status shown = about(name, show_file(name, options));
    if (!shown) code = print_error(shown.error(), exit_failed);
  }
  return code;
}

}  // namespace

void add_metadata_command(CLI::App& app, Run& run) {
  const auto options = std::make_shared<MetadataOptions>();
  CLI::App* command = app.add_subcommand(
      "metadata", tr("Show what a file holds beside its picture, and what each policy drops"));
  command->add_option("file", options->inputs, tr("Files, or - for standard input"))
      ->required()
      ->type_name("FILE");
  command->add_flag("--json", options->json, tr("Print JSON, one line a file"));
  command->add_flag("--show-values", options->show_values,
                    tr("Print what the parts say, positions too"));
  command->callback([options, &run] { run = [options] { return show_files(*options); }; });
}

}  // namespace faceveil

// The reports of a run as files, and what they mean for the exit code.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "pipeline/job.h"

namespace faceveil {

// One file a name: a page (.html, .htm), else JSON. `brought` are the networks that the person
// named. Errors: name the file.
Status write_reports(const std::vector<std::string>& files, std::span<const HideReport>,
                     const std::vector<std::string>& brought, Overwrite);

// For HideSettings: previews are made for pages only.
int preview_px_for(const std::vector<std::string>& files);

// exit_found where something was found, else exit_failed where an input failed, else exit_done.
int exit_code_of(std::span<const HideReport>);

}  // namespace faceveil

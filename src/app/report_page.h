// The report of a run as a page that a person can read, print and hand on.
#pragma once

#include <span>
#include <string>

#include "detect/installed_models.h"
#include "pipeline/job.h"

namespace faceveil {

// One HTML file in the current language: no scripts, nothing loaded from elsewhere (its own policy
// forbids both); small pictures of the *outputs* as data: URIs, none of an input. Everything that
// stands in it is escaped.
std::string format_report_page(std::span<const HideReport>, std::span<const InstalledModel>);

}  // namespace faceveil

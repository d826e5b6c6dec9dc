// What a run did, for people (lines) and for machines (JSON).
#pragma once

#include <span>
#include <string>

#include "detect/installed_models.h"
#include "pipeline/job.h"
#include "redact/residual.h"

namespace faceveil {

// "photo.jpg -> photo-hidden.jpg: 5 faces hidden", or the error's sentence.
std::string report_line(const HideReport&);

// To stand behind what was done: ". Verify found: ...", or empty.
std::string what_verify_says(const Verification&);

// "hidden", "unchanged", "cleaned", "withheld" or "failed".
std::string_view status_name(const HideReport&);

// What remains of a face under the region, in the current language: "nothing", "at most 6 x 6 ...".
std::string claim_sentence(const ResidualClaim&);

// The whole run as JSON (docs/report-format.md): program and models, one entry an input with its
// digests, regions with their claims, what was dropped and what verify found. No pixels. Ends with
// a newline.
std::string format_report(std::span<const HideReport>, std::span<const InstalledModel> = {});

}  // namespace faceveil

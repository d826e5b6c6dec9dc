// What a run did, for people (lines) and for machines (JSON).
#pragma once

#include <span>
#include <string>

#include "pipeline/job.h"

namespace faceveil {

// "photo.jpg -> photo-hidden.jpg: 5 faces hidden", or the error's sentence.
std::string report_line(const HideReport&);

// The whole run as JSON: program version, one entry an input with its digests, regions and result.
// No pixels. Ends with a newline.
std::string format_report(std::span<const HideReport>);

}  // namespace faceveil

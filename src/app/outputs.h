// Where the hidden pictures go.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/inputs.h"
#include "base/result.h"
#include "pipeline/job.h"

namespace faceveil {

struct OutputChoice {
  std::string file;    // -o: for exactly one input.
  std::string folder;  // --out-dir: for any number; subfolders as in the input folder.
  std::string plan;    // --plan-out: for exactly one input.
  bool force = false;
};

// One job an input. Without -o and --out-dir, "photo.jpg" becomes "photo-hidden.jpg" beside it, the
// folder "holiday" becomes "holiday-hidden", and standard input goes to standard output.
// Errors: bad_input, when the choice does not fit the number of inputs, or two would get one name.
Result<std::vector<HideJob>> plan_outputs(const std::vector<Input>&, const OutputChoice&);

}  // namespace faceveil

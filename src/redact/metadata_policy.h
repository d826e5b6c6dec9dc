// What of a file's metadata an output keeps. Pictures beside the picture, positions unless asked
// for, and bytes that belong to nothing are kept by no policy.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "media/metadata.h"

namespace faceveil {

struct MetadataPolicy {
  // Of words and numbers. Colour profile, orientation and density stay with every policy.
  enum class Keep : uint8_t { nothing, dates, all };  // clean, keep-dates, keep-all.
  Keep keep = Keep::nothing;
  bool gps = false;  // Positions too; not with Keep::nothing.
};

std::string_view policy_name(MetadataPolicy::Keep);  // "keep-dates".
// Errors: bad_input.
Result<MetadataPolicy::Keep> parse_metadata_policy(std::string_view name);
// Errors: bad_input for positions without anything else.
Status validate(const MetadataPolicy&);

// What of `file`'s metadata an output may carry on. Reads nothing where the policy keeps nothing.
// Errors: as read_metadata.
Result<Metadata> kept_metadata(BytesView file, const MetadataPolicy&);

// The same of metadata that were read.
Metadata kept_of(Metadata read, const MetadataPolicy&);

enum class MetadataFate : uint8_t {
  kept,
  rewritten,  // Made anew from those of its parts that are kept.
  dropped,
};

// What becomes of a finding, when the output has the input's format.
MetadataFate fate_of(const MetadataFinding&, const MetadataPolicy&);
std::string_view fate_name(MetadataFate);  // "rewritten".

}  // namespace faceveil

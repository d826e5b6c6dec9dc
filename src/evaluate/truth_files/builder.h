// Puts a Truth together, and refuses what no truth can hold. Private to the truth readers.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "evaluate/truth.h"
#include "evaluate/truth_files/text_lines.h"

namespace faceveil {

class TruthBuilder {
 public:
  // `lines` stands on the line that the next calls are about; it must outlive the builder.
  explicit TruthBuilder(const TextLines& lines) : lines_(lines) {}

  // The picture of that name, new if it was not named before; valid until the next call. Errors:
  // bad_input, for a name that is empty or leads out of the folder of the pictures.
  Result<LabelledPicture*> picture(std::string_view name);

  // Adds a face. Errors: bad_input, for a box into the absurd; over_limit.
  Status add_face(LabelledPicture&, const LabelledFace&);

  // Errors: bad_input when there is no picture at all.
  Result<Truth> finish();

 private:
  const TextLines& lines_;
  Truth truth_;
  std::unordered_map<std::string, size_t> places_;
  int face_count_ = 0;
};

}  // namespace faceveil

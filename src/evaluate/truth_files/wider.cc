// The text form of WIDER FACE's ground truth (Yang et al., "WIDER FACE: A Face Detection
// Benchmark", CVPR 2016; wider_face_split/readme.txt).

#include <algorithm>
#include <array>

#include "evaluate/truth_files/builder.h"
#include "evaluate/truth_files/formats.h"
#include "evaluate/truth_files/text_lines.h"

namespace faceveil {
namespace {

constexpr size_t attribute_count = 10;
constexpr size_t invalid_attribute = 7;

Result<LabelledFace> parse_face(const TextLines& lines, std::string_view line) {
  const std::vector<std::string_view> fields = split_at_blanks(line);
  if (fields.size() != attribute_count) {
    return lines.wrong("Expected ten numbers: x1 y1 w h and six attributes.");
  }
  std::array<float, attribute_count> numbers = {};
  for (size_t i = 0; i < numbers.size(); ++i) {
    const std::optional<float> number = parse_float(fields[i]);
    if (!number) {
      return lines.wrong("\"{0}\" is not a number of pixels.", {std::string(fields[i])});
    }
    numbers[i] = *number;
  }
  LabelledFace face;
  face.box = {numbers[0], numbers[1], numbers[2], numbers[3]};
  face.judged = numbers[invalid_attribute] == 0 && face.box.width > 0 && face.box.height > 0;
  return face;
}

// Behind a count of zero the file has one row of zeros all the same.
void pass_over_row_of_zeros(TextLines& lines) {
  const auto row = split_at_blanks(lines.peek().value_or(""));
  const bool zeros = std::ranges::all_of(row, [](std::string_view field) { return field == "0"; });
  if (row.size() == attribute_count && zeros) lines.next();
}

Status parse_faces(TextLines& lines, TruthBuilder& builder, LabelledPicture& picture, int count) {
  for (int i = 0; i < count; ++i) {
    const std::optional<std::string_view> line = lines.next();
    if (!line)
      return lines.wrong("The file ends where {0} more faces should follow.",
                         {std::to_string(count - i)});
    const LabelledFace face = TRY(parse_face(lines, *line));
    TRY(builder.add_face(picture, face));
  }
  if (count == 0) pass_over_row_of_zeros(lines);
  return {};
}

}  // namespace

Result<Truth> parse_wider_truth(std::string_view text) {
  TextLines lines(text);
  TruthBuilder builder(lines);
  while (const std::optional<std::string_view> name = lines.next()) {
    if (name->empty()) continue;
    LabelledPicture* const picture = TRY(builder.picture(*name));
    if (picture->line != lines.number()) return lines.wrong("The picture is named twice.");
    const std::optional<int> count = parse_count(lines.next().value_or(""));
    if (!count) {
      return lines.wrong("Expected the number of faces, behind a picture's name.");
    }
    TRY(parse_faces(lines, builder, *picture, *count));
  }
  return builder.finish();
}

}  // namespace faceveil

// Lists of the faces that belong to a part of a collection.

#include <unordered_map>

#include "evaluate/truth.h"
#include "evaluate/truth_files/text_lines.h"

namespace faceveil {
namespace {

Split nothing_of(const Truth& truth) {
  Split split;
  for (const LabelledPicture& picture : truth.pictures) {
    split.faces.emplace_back(picture.faces.size(), false);
  }
  return split;
}

Status mark_faces(const TextLines& lines, const std::vector<std::string_view>& fields,
                  std::vector<bool>& faces) {
  for (size_t i = 1; i < fields.size(); ++i) {
    const int number = parse_count(fields[i]).value_or(0);
    if (number < 1 || static_cast<size_t>(number) > faces.size()) {
      return lines.wrong("\"{0}\" is not the number of a face; this picture has {1}.",
                         {std::string(fields[i]), std::to_string(faces.size())});
    }
    faces[static_cast<size_t>(number) - 1] = true;
  }
  return {};
}

}  // namespace

Result<Split> parse_split(std::string_view text, const Truth& truth) {
  std::unordered_map<std::string_view, size_t> places;
  for (size_t i = 0; i < truth.pictures.size(); ++i) places[truth.pictures[i].name] = i;
  Split split = nothing_of(truth);
  TextLines lines(text);
  while (const std::optional<std::string_view> line = lines.next()) {
    const std::vector<std::string_view> fields = split_at_blanks(*line);
    if (fields.empty()) continue;
    const auto place = places.find(fields[0]);
    if (place == places.end()) return lines.wrong("The picture is not in the truth file.");
    TRY(mark_faces(lines, fields, split.faces[place->second]));
  }
  return split;
}

}  // namespace faceveil

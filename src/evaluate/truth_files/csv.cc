// image,x1,y1,x2,y2

#include <algorithm>
#include <array>
#include <set>

#include "evaluate/truth_files/builder.h"
#include "evaluate/truth_files/formats.h"
#include "evaluate/truth_files/text_lines.h"

namespace faceveil {
namespace {

constexpr std::string_view header = "image,x1,y1,x2,y2";

Result<LabelledFace> parse_face(const TextLines& lines, const std::vector<std::string_view>& row) {
  std::array<float, 4> corners = {};
  for (size_t i = 0; i < corners.size(); ++i) {
    const std::optional<float> number = parse_float(row[i + 1]);
    if (!number)
      return lines.wrong("\"{0}\" is not a number of pixels.", {std::string(row[i + 1])});
    corners[i] = *number;
  }
  const auto [x1, y1, x2, y2] = corners;
  if (!(x2 > x1) || !(y2 > y1)) {
    return lines.wrong("The box must be finite, with a width and height above zero.");
  }
  return LabelledFace{{x1, y1, x2 - x1, y2 - y1}, true};
}

bool has_no_box(const std::vector<std::string_view>& row) {
  return std::ranges::all_of(row.begin() + 1, row.end(), &std::string_view::empty);
}

std::string first_folder(std::string_view name) {
  const size_t end = name.find('/');
  return std::string(end == std::string_view::npos ? "" : name.substr(0, end));
}

}  // namespace

Result<Truth> parse_csv_truth(std::string_view text) {
  TextLines lines(text);
  TruthBuilder builder(lines);
  if (lines.next() != header)
    return lines.wrong("Expected the columns {0}.", {std::string(header)});
  std::set<std::string_view> without_faces;
  while (const std::optional<std::string_view> line = lines.next()) {
    if (line->empty()) continue;
    const std::vector<std::string_view> row = split_at(*line, ',');
    if (row.size() != 5) return lines.wrong("Expected the columns {0}.", {std::string(header)});
    LabelledPicture* const picture = TRY(builder.picture(row[0]));
    picture->subset = first_folder(row[0]);
    if (without_faces.contains(row[0]) || (has_no_box(row) && !picture->faces.empty())) {
      return lines.wrong("A picture without faces has one row, with empty fields for the box.");
    }
    if (has_no_box(row)) {
      without_faces.insert(row[0]);
    } else {
      const LabelledFace face = TRY(parse_face(lines, row));
      TRY(builder.add_face(*picture, face));
    }
  }
  return builder.finish();
}

}  // namespace faceveil

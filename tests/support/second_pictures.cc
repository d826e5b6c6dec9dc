#include "tests/support/second_pictures.h"

#include <algorithm>
#include <set>

#include "base/check.h"

namespace faceveil::test {
namespace {

constexpr size_t pieces_max = 40;  // Of one picture.

bool is_telling(std::string_view piece) {
  return std::set<char>(piece.begin(), piece.end()).size() > 12;
}

bool may_be_base64(std::string_view piece) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n";
  return piece.find_first_not_of(letters) == std::string_view::npos;
}

void add_pieces(BytesView part, bool only_base64, std::vector<std::string_view>& pieces) {
  constexpr size_t piece_bytes = 24, step_bytes = 997;
  const size_t before = pieces.size();
  for (size_t at = 0; at + piece_bytes <= part.size(); at += step_bytes) {
    const std::string_view piece = as_text(part.subspan(at, piece_bytes));
    if (!is_telling(piece) || (only_base64 && !may_be_base64(piece))) continue;
    pieces.push_back(piece);
    if (pieces.size() == before + pieces_max) return;
  }
}

}  // namespace

bool is_second_picture(const MetadataFinding& finding) {
  return class_of(finding.kind) == MetadataClass::picture ||
         finding.kind == MetadataKind::maker_note;
}

std::vector<std::string_view> pieces_of_second_pictures(BytesView file) {
  const auto findings = inspect_metadata(file);
  CHECK(findings);
  std::vector<std::string_view> pieces;
  for (const MetadataFinding& finding : *findings) {
    if (!is_second_picture(finding)) continue;
    const size_t length = std::min(finding.length, file.size() - finding.offset);
    add_pieces(file.subspan(finding.offset, length),
               finding.kind == MetadataKind::xmp_embedded_picture, pieces);
  }
  return pieces;
}

}  // namespace faceveil::test

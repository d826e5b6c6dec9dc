#include "media/metadata/inspection.h"

#include <algorithm>
#include <functional>

#include "base/limits.h"
#include "media/metadata/containers.h"
#include "media/metadata/words.h"
#include "media/still.h"

namespace faceveil {
namespace {

Result<Inspection> walked(BytesView file) {
  const std::optional<StillFormat> format = sniff_still(file);
  if (!format) {
    return fail(Error::Kind::unsupported,
                "This is not a picture that FaceVeil knows (JPEG, PNG, WebP, TIFF, GIF, BMP, HEIC, "
                "AVIF).");
  }
  Inspection inspection(file);
  switch (*format) {
    case StillFormat::jpeg:
      inspect_jpeg(inspection);
      break;
    case StillFormat::png:
      inspect_png(inspection);
      break;
    case StillFormat::webp:
      inspect_webp(inspection);
      break;
    case StillFormat::tiff:
      inspect_tiff(inspection);
      break;
    case StillFormat::gif:
      inspect_gif(inspection);
      break;
    case StillFormat::bmp:
      inspect_bmp(inspection);
      break;
    case StillFormat::heic:
    case StillFormat::avif:
      inspect_heif(inspection);
      break;
  }
  return inspection;
}

}  // namespace

size_t Inspection::offset_of(BytesView part, size_t otherwise) const {
  const std::less_equal<const std::byte*> ordered;
  const std::byte* const end = file.data() + file.size();
  const bool inside = ordered(file.data(), part.data()) && ordered(part.data(), end);
  return inside ? static_cast<size_t>(part.data() - file.data()) : otherwise;
}

bool Inspection::has_room() const { return findings.size() < limits::metadata_findings_max; }

bool Inspection::may_open(size_t bytes) {
  const auto more = static_cast<int64_t>(bytes);
  if (more > limits::metadata_block_bytes_max) return false;
  if (work_bytes_ + more > limits::metadata_work_bytes_max) return false;
  work_bytes_ += more;
  return true;
}

MetadataFinding& Inspection::add(MetadataKind kind, BytesView part, std::string detail) {
  return add(kind, MetadataPlace::container, offset_of(part), part.size(), std::move(detail));
}

MetadataFinding& Inspection::add(MetadataKind kind, MetadataPlace place, size_t offset,
                                 size_t length, std::string detail) {
  MetadataFinding finding{kind, place, false, offset, length, std::move(detail), std::string()};
  if (has_room()) {
    return findings.emplace_back(std::move(finding));
  }
  if (!says_more_) {
    findings.back() = {MetadataKind::private_data,
                       MetadataPlace::container,
                       false,
                       offset,
                       file.size() - std::min(offset, file.size()),
                       "more parts than are listed",
                       ""};
  }
  says_more_ = true;
  one_too_many_ = std::move(finding);
  return one_too_many_;
}

void inspect_gaps(Inspection& to, const Spans& used) {
  for (const BytesView gap : used.gaps(to.file)) {
    const bool last = gap.data() + gap.size() == to.file.data() + to.file.size();
    to.add(last ? MetadataKind::trailing_bytes : MetadataKind::hidden_bytes, gap,
           "pointed to by nothing");
  }
}

// An output carries on what it can, and only the first of notes with one keyword and text. What is
// not listed is not carried on.
void inspect_note(Inspection& to, MetadataKind kind, std::string_view keyword,
                  std::string_view text, size_t offset, size_t length, std::string detail) {
  const MetadataPlace place =
      kind == MetadataKind::text ? MetadataPlace::text : MetadataPlace::container;
  const bool is_listed = to.has_room();
  MetadataFinding& finding = to.add(kind, place, offset, length, std::move(detail));
  if (!is_listed) return;
  finding.value = shown(text);
  finding.can_be_kept = is_harmless_text(text);
  if (finding.can_be_kept) {
    to.metadata.notes.push_back({std::string(keyword), std::string(text)});
  }
}

Result<std::vector<MetadataFinding>> inspect_metadata(BytesView file) {
  Inspection inspection = TRY(walked(file));
  return std::move(inspection.findings);
}

Result<Metadata> read_metadata(BytesView file) {
  Inspection inspection = TRY(walked(file));
  return std::move(inspection.metadata);
}

}  // namespace faceveil

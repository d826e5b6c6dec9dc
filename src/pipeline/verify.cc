#include "pipeline/verify.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <optional>

#include "media/metadata.h"
#include "media/still.h"
#include "pipeline/locality.h"
#include "pipeline/still_steps.h"

namespace faceveil {
namespace {

constexpr float hidden_share_min = 0.7f;
constexpr float kept_overlap_min = 0.3f;  // Of intersection over union.
// Of a face found in the output and of one that the source shows, for them to be the same.
constexpr float source_overlap_min = 0.4f;

// The share of the box's pixels, as far as they lie in the picture, that are hidden.
float hidden_share(const Rect& box, const HiddenMap& hidden, Size picture) {
  Region region;
  region.box = box;
  region.shape = Shape::rectangle;
  int64_t pixels = 0, covered = 0;
  for (const Span& span : spans_of(region, picture)) {
    for (int x = span.x_begin; x < span.x_end; ++x) covered += !hidden.is_visible(x, span.y);
    pixels += span.x_end - span.x_begin;
  }
  // A box beyond the border shows nothing.
  return pixels == 0 ? 1 : static_cast<float>(covered) / static_cast<float>(pixels);
}

bool is_kept(const Rect& box, const RedactionPlan* plan, MediaTime time) {
  if (!plan) return false;
  return std::ranges::any_of(plan->tracks, [&](const Track& track) {
    const std::optional<Rect> kept =
        track.decision == Decision::keep ? box_at(track, time) : std::nullopt;
    return kept && intersection_over_union(*kept, box) >= kept_overlap_min;
  });
}

// A plan of something else would excuse faces at the wrong places.
Status check_plan(const VerifyRequest& request, Size size) {
  if (!request.plan) return {};
  TRY(check_source_size(*request.plan, size));
  if (request.source.empty() || request.plan_is_the_sources) return {};
  return check_source_file(*request.plan, request.source);
}

// Words and colours harm nobody's face: a policy may have kept them.
std::optional<CheckId> check_of(MetadataClass metadata) {
  switch (metadata) {
    case MetadataClass::picture:
      return CheckId::second_pictures;
    case MetadataClass::place:
      return CheckId::places;
    case MetadataClass::stray_bytes:
      return CheckId::stray_bytes;
    case MetadataClass::words:
    case MetadataClass::colour:
      return std::nullopt;
  }
  return std::nullopt;
}

// What lies in the file beside its picture, told by who knows the containers.
Status check_bytes(const VerifyRequest& request, Verification& verification) {
  for (const MetadataFinding& found : TRY(inspect_metadata(request.output))) {
    const std::optional<CheckId> id = check_of(class_of(found.kind));
    if (!id || (*id == CheckId::places && request.places_are_wanted)) continue;
    verification.findings.push_back({*id,
                                     {},
                                     0,
                                     Sentence{"{0} ({1}, {2} bytes)",
                                              {std::string(kind_description(found.kind)),
                                               found.detail, std::to_string(found.length)}}});
  }
  verification.add_check(CheckId::second_pictures,
                         Sentence{"Thumbnails, previews, maps, pages and films in the file.", {}});
  if (request.places_are_wanted) {
    verification.checks.push_back(
        {CheckId::places, CheckOutcome::not_checked, Sentence{"Positions were to be kept.", {}}});
  } else {
    verification.add_check(CheckId::places, Sentence{"Positions in EXIF, XMP and boxes.", {}});
  }
  verification.add_check(CheckId::stray_bytes,
                         Sentence{"Bytes behind the picture's end and between its parts.", {}});
  return {};
}

// Detectors take a veil, and what is round it, for a face or a head now and then, and a drawn face
// always. A face that was left in sight is in the source too, and is not hidden.
Result<std::vector<Face>> faces_of_the_source(std::vector<Face> faces,
                                              const VerifyRequest& request) {
  if (faces.empty() || request.source.empty()) return faces;
  const Still source = TRY(decode_still(request.source));
  const std::vector<Face> shown =
      faces_in_sight(TRY(request.detector->detect(source.image, request.score_min)), request.plan,
                     source.image.size());
  std::erase_if(faces, [&](const Face& face) {
    return std::ranges::none_of(shown, [&](const Face& there) {
      return intersection_over_union(face.box, there.box) >= source_overlap_min;
    });
  });
  return faces;
}

Status check_faces(const VerifyRequest& request, LazyPicture& output, Verification& verification) {
  if (!request.detector) {
    verification.checks.push_back({CheckId::faces, CheckOutcome::not_checked,
                                   Sentence{"No faces were to be looked for.", {}}});
    return {};
  }
  const Image* const image = TRY(output.image());
  const std::vector<Face> faces = TRY(request.detector->detect(*image, request.score_min));
  const std::vector<Face> in_sight =
      TRY(faces_of_the_source(faces_in_sight(faces, request.plan, image->size()), request));
  for (const Face& face : in_sight) {
    verification.findings.push_back({CheckId::faces, face.box, face.score, {}});
  }
  verification.add_check(
      CheckId::faces,
      Sentence{"Looked with {0}, search {1}; what is hidden already does not count.",
               {std::string(detector_name(request.detector->options().detector)),
                std::string(search_name(request.detector->options().search))}});
  return {};
}

std::string whole(float value) { return std::to_string(std::lround(value)); }

std::string describe_one(const Finding& finding, Language language) {
  if (!finding.detail.empty()) return finding.detail.in(language);
  char score[16];
  std::snprintf(score, sizeof score, "%.2f", static_cast<double>(finding.score));
  return Sentence{"a face at {0},{1} ({2} x {3}), score {4}",
                  {whole(finding.box.x), whole(finding.box.y), whole(finding.box.width),
                   whole(finding.box.height), score}}
      .in(language);
}

}  // namespace

std::string_view check_name(CheckId id) {
  constexpr std::array<std::string_view, 5> names = {"faces", "second_pictures", "places",
                                                     "stray_bytes", "locality"};
  return names[static_cast<size_t>(id)];
}

std::string_view outcome_name(CheckOutcome outcome) {
  constexpr std::array<std::string_view, 3> names = {"clean", "found", "not_checked"};
  return names[static_cast<size_t>(outcome)];
}

void Verification::add_check(CheckId id, Sentence note) {
  checks.push_back({id, found(id) ? CheckOutcome::found : CheckOutcome::clean, std::move(note)});
}

bool Verification::found(CheckId id) const {
  return std::ranges::any_of(findings, [&](const Finding& finding) { return finding.check == id; });
}

std::string describe(std::span<const Finding> findings, Language language) {
  std::string text;
  for (const Finding& finding : findings)
    text += (text.empty() ? "" : "; ") + describe_one(finding, language);
  return text;
}

std::vector<Face> faces_in_sight(const std::vector<Face>& faces, const RedactionPlan* plan,
                                 Size picture, MediaTime time) {
  const HiddenMap hidden = plan ? hidden_by(*plan, picture, time) : HiddenMap(picture);
  std::vector<Face> in_sight;
  for (const Face& face : faces) {
    if (hidden_share(face.box, hidden, picture) >= hidden_share_min) continue;
    if (!is_kept(face.box, plan, time)) in_sight.push_back(face);
  }
  return in_sight;
}

Result<Verification> verify(const VerifyRequest& request) {
  const auto start = std::chrono::steady_clock::now();
  const StillHeader header = TRY(read_still_header(request.output));
  TRY(check_plan(request, header.size));
  Verification verification;
  LazyPicture output(request.output);
  TRY(check_faces(request, output, verification));
  TRY(check_bytes(request, verification));
  const Check locality = TRY(check_locality(request, output));
  if (locality.outcome == CheckOutcome::found) {
    verification.findings.push_back({CheckId::locality, {}, 0, locality.note});
  }
  verification.checks.push_back(locality);
  verification.milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  return verification;
}

}  // namespace faceveil

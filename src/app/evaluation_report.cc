#include "app/evaluation_report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/text_table.h"
#include "app/version.h"
#include "evaluate/wider_protocol.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

// False boxes a picture that people can live with; the tables say what is hidden for that price.
constexpr std::array<double, 4> false_box_budgets = {0.5, 1, 2, 5};
constexpr size_t curve_points_max = 256;

// The protocol counts the faces of the list, however small.
std::vector<WiderPicture> as_wider_pictures(std::span<const PictureVerdict> verdicts,
                                            const Split& split) {
  std::vector<WiderPicture> pictures;
  for (size_t i = 0; i < verdicts.size(); ++i) {
    WiderPicture& picture = pictures.emplace_back();
    picture.counts = split.faces[i];
    for (const FaceVerdict& face : verdicts[i].faces) picture.faces.push_back(face.box);
    for (const BoxVerdict& box : verdicts[i].boxes) picture.boxes.push_back({box.box, box.score});
  }
  return pictures;
}

EvaluationPart part_of(const Evaluation& evaluation, const Subset& subset, float threshold) {
  EvaluationPart part;
  part.name = subset.name;
  part.counts = count_at(evaluation.at_threshold, subset, threshold);
  part.curve = curve_of(evaluation.for_curves, subset);
  const double pictures = static_cast<double>(std::max<size_t>(subset.pictures.size(), 1));
  for (const size_t i : subset.pictures) {
    const PictureVerdict& verdict = evaluation.at_threshold[i];
    part.labelled += verdict.faces.size();
    part.milliseconds_a_picture += verdict.milliseconds / pictures;
    part.gflop_a_picture += verdict.gflop / pictures;
  }
  return part;
}

std::string or_dash(const std::optional<double>& value, int digits) {
  return value ? fixed(*value, digits) : "-";
}

std::string short_number(float value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", static_cast<double>(value));
  return text;
}

// The share of faces hidden at the best point for that many false boxes.
std::optional<double> hidden_rate(const Curve& curve, double false_boxes_a_picture) {
  if (curve.faces == 0) return std::nullopt;
  const std::optional<CurvePoint> point = curve.at_false_boxes(false_boxes_a_picture);
  return point ? static_cast<double>(point->hidden) / static_cast<double>(curve.faces) : 0;
}

std::string size_heading(const SizeClass& size) {
  const std::string from = short_number(size.from_px);
  return std::isinf(size.to_px) ? from + "+" : from + "-" + short_number(size.to_px);
}

std::string main_table(std::span<const EvaluationPart> parts) {
  const bool has_wider = std::ranges::any_of(
      parts, [](const EvaluationPart& part) { return part.wider_average_precision.has_value(); });
  std::vector<std::vector<std::string>> rows = {
      {"", tr("pictures"), tr("faces"), tr("leaks"), tr("leak rate"), tr("false boxes"),
       tr("a picture"), tr("precision"), tr("recall"), "AP", "ms", "GFLOP"}};
  if (has_wider) rows[0].push_back("AP (WIDER)");
  for (const EvaluationPart& part : parts) {
    const Counts& counts = part.counts;
    rows.push_back({part.name, std::to_string(counts.pictures), std::to_string(counts.all.faces),
                    std::to_string(counts.all.leaks()), or_dash(counts.all.leak_rate(), 3),
                    std::to_string(counts.false_boxes), or_dash(counts.false_boxes_a_picture(), 2),
                    or_dash(counts.precision(), 3), or_dash(counts.recall(), 3),
                    or_dash(part.curve.average_precision(), 3),
                    fixed(part.milliseconds_a_picture, 1),
                    part.gflop_a_picture > 0 ? fixed(part.gflop_a_picture, 2) : "-"});
    if (has_wider) rows.back().push_back(or_dash(part.wider_average_precision, 3));
  }
  return format_text_table(rows);
}

std::string size_table(std::span<const EvaluationPart> parts) {
  std::vector<std::vector<std::string>> rows(1, {""});
  for (const SizeClass& size : size_classes) rows[0].push_back(size_heading(size));
  for (const EvaluationPart& part : parts) {
    rows.push_back({part.name});
    for (const LeakCount& count : part.counts.by_size) {
      rows.back().push_back(or_dash(count.leak_rate(), 3) + " (" + std::to_string(count.faces) +
                            ")");
    }
  }
  return tr("Leak rate (faces) by the longer side of the face in pixels:") + "\n" +
         format_text_table(rows);
}

std::string budget_table(std::span<const EvaluationPart> parts) {
  std::vector<std::vector<std::string>> rows(1, {""});
  for (const double budget : false_box_budgets) {
    rows[0].push_back(short_number(static_cast<float>(budget)));
  }
  for (const EvaluationPart& part : parts) {
    rows.push_back({part.name});
    for (const double budget : false_box_budgets) {
      rows.back().push_back(or_dash(hidden_rate(part.curve, budget), 3));
    }
  }
  return tr("Share of faces hidden at no more than so many false boxes a picture:") + "\n" +
         format_text_table(rows);
}

double rounded(double value) { return std::round(value * 1e6) / 1e6; }

Json number_or_null(const std::optional<double>& value) {
  return value ? Json(rounded(*value)) : Json();
}

Json sizes_json(const Counts& counts) {
  Json sizes = Json::array();
  for (size_t i = 0; i < size_classes.size(); ++i) {
    const SizeClass& size = size_classes[i];
    const LeakCount& count = counts.by_size[i];
    sizes.push_back({{"from_px", size.from_px},
                     {"to_px", std::isinf(size.to_px) ? Json() : Json(size.to_px)},
                     {"faces", count.faces},
                     {"leaks", count.leaks()},
                     {"leak_rate", number_or_null(count.leak_rate())}});
  }
  return sizes;
}

Json point_json(const Curve& curve, const CurvePoint& point) {
  const auto rate = [](size_t part, size_t whole) {
    return whole > 0 ? Json(rounded(static_cast<double>(part) / static_cast<double>(whole)))
                     : Json();
  };
  return {{"threshold", rounded(static_cast<double>(point.threshold))},
          {"hidden", point.hidden},
          {"hidden_rate", rate(point.hidden, curve.faces)},
          {"false_boxes_a_picture", rate(point.false_boxes, curve.pictures)},
          {"precision", rate(point.matched, point.matched + point.unmatched)},
          {"recall", rate(point.matched, curve.faces)}};
}

Json budgets_json(const Curve& curve) {
  Json budgets = Json::array();
  for (const double budget : false_box_budgets) {
    const std::optional<CurvePoint> point = curve.at_false_boxes(budget);
    budgets.push_back(
        {{"false_boxes_a_picture_max", budget},
         {"hidden_rate", number_or_null(hidden_rate(curve, budget))},
         {"threshold", point ? Json(rounded(static_cast<double>(point->threshold))) : Json()}});
  }
  return budgets;
}

Json counts_json(const Counts& counts) {
  return {{"threshold", rounded(static_cast<double>(counts.threshold))},
          {"hidden", counts.all.hidden},
          {"leaks", counts.all.leaks()},
          {"leak_rate", number_or_null(counts.all.leak_rate())},
          {"false_boxes", counts.false_boxes},
          {"false_boxes_a_picture", number_or_null(counts.false_boxes_a_picture())},
          {"precision", number_or_null(counts.precision())},
          {"recall", number_or_null(counts.recall())}};
}

Json part_json(const EvaluationPart& part) {
  Json curve = Json::array();
  for (const CurvePoint& point : part.curve.thinned(curve_points_max)) {
    curve.push_back(point_json(part.curve, point));
  }
  return {
      {"name", part.name},
      {"pictures", part.counts.pictures},
      {"faces", part.counts.all.faces},
      {"faces_not_judged", part.labelled - part.counts.all.faces},
      {"at_threshold", counts_json(part.counts)},
      {"by_size", sizes_json(part.counts)},
      {"average_precision", number_or_null(part.curve.average_precision())},
      {"wider_average_precision", number_or_null(part.wider_average_precision)},
      {"at_false_boxes", budgets_json(part.curve)},
      {"ms_a_picture", rounded(part.milliseconds_a_picture)},
      {"gflop_a_picture", part.gflop_a_picture > 0 ? Json(rounded(part.gflop_a_picture)) : Json()},
      {"curve", curve}};
}

Json size_min_json(const FaceSizeMin& size_min) {
  Json of_subset = Json::object();
  for (const auto& [subset, px] : size_min.of_subset) of_subset[subset] = px;
  return {{"px", size_min.px}, {"of_subset", of_subset}};
}

}  // namespace

std::vector<EvaluationPart> evaluation_parts(const Evaluation& evaluation,
                                             std::span<const Subset> subsets, float threshold,
                                             std::span<const NamedSplit> splits) {
  std::vector<EvaluationPart> parts;
  for (const Subset& subset : subsets) {
    parts.push_back(part_of(evaluation, subset, threshold));
    const auto split = std::ranges::find(splits, subset.name, &NamedSplit::name);
    if (split == splits.end()) continue;
    parts.back().wider_average_precision =
        wider_average_precision(as_wider_pictures(evaluation.for_curves, split->split));
  }
  return parts;
}

std::string format_evaluation_table(const EvaluationHead& head,
                                    std::span<const EvaluationPart> parts) {
  return tr("{0}, search {1}, threshold {2}, growth {3}; curves and AP from threshold {4} on.",
            {head.detector, head.search, short_number(head.threshold), short_number(head.grow),
             short_number(head.curve_from)}) +
         "\n\n" + main_table(parts) + "\n" + size_table(parts) + "\n" + budget_table(parts);
}

std::string format_evaluation_json(const EvaluationHead& head,
                                   std::span<const EvaluationPart> parts) {
  Json json = {{"program", "faceveil"},
               {"version", program_version},
               {"detector", head.detector},
               {"search", head.search},
               {"threshold", rounded(static_cast<double>(head.threshold))},
               {"curve_from", rounded(static_cast<double>(head.curve_from))},
               {"grow", rounded(static_cast<double>(head.grow))},
               {"min_face", size_min_json(head.size_min)},
               {"jobs", head.jobs},
               {"subsets", Json::array()}};
  for (const EvaluationPart& part : parts) json["subsets"].push_back(part_json(part));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace faceveil

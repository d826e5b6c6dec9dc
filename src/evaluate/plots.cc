#include "evaluate/plots.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "evaluate/plot/svg.h"

namespace faceveil {
namespace {

constexpr Size document_size = {760, 440};
constexpr Rect plot_area = {70, 50, 500, 320};
constexpr float legend_x = 592;

constexpr std::string_view ink = "#333333", faint = "#767676", grid = "#e4e4e4";
// Okabe and Ito's colours, told apart by colour-blind eyes too.
constexpr std::array<std::string_view, 7> colours = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                     "#e69f00", "#56b4e9", "#555555"};

std::string_view colour_of(size_t series) { return colours[series % colours.size()]; }

std::string percent(double share) { return format_number(100 * share, 1) + " %"; }

float y_of(double leak_rate) {
  return plot_area.bottom() - static_cast<float>(leak_rate) * plot_area.height;
}

// From a twentieth of a false box a picture to as many as the data has, at least 10.
class FalseBoxAxis {
 public:
  explicit FalseBoxAxis(std::span<const PlotSeries> series) {
    for (const PlotSeries& one : series) {
      if (one.curve.pictures == 0 || one.curve.points.empty()) continue;
      high_ = std::max(high_, static_cast<double>(one.curve.points.back().false_boxes) /
                                  static_cast<double>(one.curve.pictures));
    }
  }
  // Fewer than the axis can show lie on its left end.
  float x_of(double false_boxes) const {
    const double share = std::log(std::max(false_boxes, low_) / low_) / std::log(high_ / low_);
    return plot_area.x + static_cast<float>(share) * plot_area.width;
  }
  std::vector<double> ticks() const {
    std::vector<double> ticks;
    double decade = 0.001;
    while ((decade *= 10) <= high_) {
      for (const double step : {1.0, 2.0, 5.0}) {
        const double tick = decade * step;
        if (tick >= low_ * 0.999 && tick <= high_ * 1.001) ticks.push_back(tick);
      }
    }
    return ticks;
  }

 private:
  double low_ = 0.05, high_ = 10;
};

void draw_leak_axis(SvgDocument& svg) {
  for (int tick = 0; tick <= 100; tick += 20) {
    const float y = y_of(tick / 100.0);
    svg.line({plot_area.x, y}, {plot_area.right(), y}, grid, 1);
    svg.text({plot_area.x - 8, y + 4}, std::to_string(tick) + " %", Anchor::end, 12, faint);
  }
  svg.upright_text({20, plot_area.y + plot_area.height / 2}, tr("Leak rate"), 13, ink);
}

void draw_title(SvgDocument& svg, std::string_view title, std::string_view below_axis) {
  svg.text({plot_area.x, 28}, title, Anchor::start, 15, ink);
  svg.text({plot_area.x + plot_area.width / 2, plot_area.bottom() + 44}, below_axis, Anchor::middle,
           13, ink);
}

void draw_legend(SvgDocument& svg, std::span<const PlotSeries> series) {
  for (size_t i = 0; i < series.size(); ++i) {
    const float y = plot_area.y + 12 + 40 * static_cast<float>(i);
    svg.rectangle({legend_x, y - 10, 12, 12}, colour_of(i));
    svg.text({legend_x + 20, y}, series[i].name, Anchor::start, 13, ink);
    const std::optional<double> leaks = series[i].counts.all.leak_rate();
    if (!leaks) continue;
    svg.text({legend_x + 20, y + 16},
             tr("{0} of {1} leak", {percent(*leaks), std::to_string(series[i].counts.all.faces)}),
             Anchor::start, 11, faint);
  }
}

double leak_rate(const Curve& curve, const CurvePoint& point) {
  return 1 - static_cast<double>(point.hidden) / static_cast<double>(curve.faces);
}

// Between two thresholds nothing changes: the line goes in steps.
void draw_curve(SvgDocument& svg, const FalseBoxAxis& axis, const Curve& curve,
                std::string_view colour) {
  if (curve.faces == 0 || curve.pictures == 0) return;
  std::vector<Point> line = {{axis.x_of(0), y_of(1)}};
  for (const CurvePoint& point : curve.thinned(400)) {
    const double boxes =
        static_cast<double>(point.false_boxes) / static_cast<double>(curve.pictures);
    line.push_back({axis.x_of(boxes), line.back().y});
    line.push_back({axis.x_of(boxes), y_of(leak_rate(curve, point))});
  }
  svg.path(line, colour, 2);
}

void draw_threshold_dot(SvgDocument& svg, const FalseBoxAxis& axis, const Counts& counts,
                        std::string_view colour) {
  const std::optional<double> leaks = counts.all.leak_rate();
  const std::optional<double> boxes = counts.false_boxes_a_picture();
  if (leaks && boxes) svg.dot({axis.x_of(*boxes), y_of(*leaks)}, 5, colour);
}

std::string size_name(const SizeClass& size) {
  const std::string from = format_number(static_cast<double>(size.from_px), 0);
  if (std::isinf(size.to_px)) return tr("{0} or more", {from});
  return from + "–" + format_number(static_cast<double>(size.to_px), 0);
}

std::vector<size_t> sizes_with_faces(std::span<const PlotSeries> series) {
  std::vector<size_t> sizes;
  for (size_t size = 0; size < size_classes.size(); ++size) {
    const bool has_faces = std::ranges::any_of(
        series, [&](const PlotSeries& one) { return one.counts.by_size[size].faces > 0; });
    if (has_faces) sizes.push_back(size);
  }
  return sizes;
}

void draw_bar(SvgDocument& svg, const LeakCount& count, float x, float width,
              std::string_view colour) {
  const std::optional<double> leaks = count.leak_rate();
  if (!leaks) return;
  const float top = y_of(*leaks);
  svg.rectangle({x, top, width, plot_area.bottom() - top}, colour);
  svg.text({x + width / 2, top - 4}, format_number(100 * *leaks, 0), Anchor::middle, 10, ink);
}

}  // namespace

std::string format_curves_svg(std::span<const PlotSeries> series) {
  SvgDocument svg(document_size);
  const FalseBoxAxis axis(series);
  draw_title(svg, tr("Leaks and false boxes as the threshold moves; dots: the threshold in use"),
             tr("False boxes a picture"));
  draw_leak_axis(svg);
  for (const double tick : axis.ticks()) {
    const float x = axis.x_of(tick);
    svg.line({x, plot_area.y}, {x, plot_area.bottom()}, grid, 1);
    svg.text({x, plot_area.bottom() + 18}, format_number(tick, 2), Anchor::middle, 12, faint);
  }
  for (size_t i = 0; i < series.size(); ++i) draw_curve(svg, axis, series[i].curve, colour_of(i));
  for (size_t i = 0; i < series.size(); ++i) {
    draw_threshold_dot(svg, axis, series[i].counts, colour_of(i));
  }
  draw_legend(svg, series);
  return std::move(svg).finish();
}

std::string format_sizes_svg(std::span<const PlotSeries> series) {
  SvgDocument svg(document_size);
  draw_title(svg, tr("Leak rate by size of face, in percent"),
             tr("Longer side of the face in pixels"));
  draw_leak_axis(svg);
  const std::vector<size_t> sizes = sizes_with_faces(series);
  const float group_width = plot_area.width / static_cast<float>(std::max<size_t>(sizes.size(), 1));
  const float bar_width =
      0.8f * group_width / static_cast<float>(std::max<size_t>(series.size(), 1));
  for (size_t g = 0; g < sizes.size(); ++g) {
    const float left = plot_area.x + group_width * (static_cast<float>(g) + 0.1f);
    for (size_t i = 0; i < series.size(); ++i) {
      draw_bar(svg, series[i].counts.by_size[sizes[g]], left + bar_width * static_cast<float>(i),
               bar_width - 2, colour_of(i));
    }
    svg.text({plot_area.x + group_width * (static_cast<float>(g) + 0.5f), plot_area.bottom() + 18},
             size_name(size_classes[sizes[g]]), Anchor::middle, 12, faint);
  }
  svg.line({plot_area.x, plot_area.bottom()}, {plot_area.right(), plot_area.bottom()}, faint, 1);
  draw_legend(svg, series);
  return std::move(svg).finish();
}

}  // namespace faceveil

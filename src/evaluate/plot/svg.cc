#include "evaluate/plot/svg.h"

#include <algorithm>
#include <cstdio>

#include "base/markup.h"

namespace faceveil {
namespace {

std::string px(double value) { return format_number(value, 1); }

// Names of folders come from outside: they must not end the element. Control characters are not
// allowed in XML 1.0 at all.
std::string escaped(std::string_view text) {
  std::string printable(text);
  std::ranges::replace_if(
      printable, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return escaped_markup(printable);
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + std::string(value) + "\"";
}

std::string_view anchor_name(Anchor anchor) {
  return anchor == Anchor::start ? "start" : anchor == Anchor::middle ? "middle" : "end";
}

}  // namespace

std::string format_number(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  std::string number = text;
  if (number.find('.') != std::string::npos) {
    number.erase(number.find_last_not_of('0') + 1);
    if (number.ends_with('.')) number.pop_back();
  }
  return number;
}

SvgDocument::SvgDocument(Size size) {
  const std::string width = std::to_string(size.width), height = std::to_string(size.height);
  svg_ = "<svg xmlns=\"http://www.w3.org/2000/svg\"" + attribute("width", width) +
         attribute("height", height) + attribute("viewBox", "0 0 " + width + " " + height) +
         attribute("font-family", "sans-serif") + ">\n";
  rectangle({0, 0, static_cast<float>(size.width), static_cast<float>(size.height)}, "#ffffff");
}

void SvgDocument::line(Point from, Point to, std::string_view colour, double width_px) {
  svg_ += "<line" + attribute("x1", px(from.x)) + attribute("y1", px(from.y)) +
          attribute("x2", px(to.x)) + attribute("y2", px(to.y)) + attribute("stroke", colour) +
          attribute("stroke-width", px(width_px)) + "/>\n";
}

void SvgDocument::path(const std::vector<Point>& points, std::string_view colour, double width_px) {
  std::string coordinates;
  for (const Point& point : points) {
    coordinates += (coordinates.empty() ? "" : " ") + px(point.x) + "," + px(point.y);
  }
  svg_ += "<polyline" + attribute("points", coordinates) + attribute("fill", "none") +
          attribute("stroke", colour) + attribute("stroke-width", px(width_px)) +
          attribute("stroke-linejoin", "round") + "/>\n";
}

void SvgDocument::rectangle(const Rect& rect, std::string_view colour) {
  svg_ += "<rect" + attribute("x", px(rect.x)) + attribute("y", px(rect.y)) +
          attribute("width", px(rect.width)) + attribute("height", px(rect.height)) +
          attribute("fill", colour) + "/>\n";
}

void SvgDocument::dot(Point centre, double radius_px, std::string_view colour) {
  svg_ += "<circle" + attribute("cx", px(centre.x)) + attribute("cy", px(centre.y)) +
          attribute("r", px(radius_px)) + attribute("fill", colour) +
          attribute("stroke", "#ffffff") + attribute("stroke-width", "1.5") + "/>\n";
}

void SvgDocument::text(Point at, std::string_view text, Anchor anchor, int size_px,
                       std::string_view colour) {
  svg_ += "<text" + attribute("x", px(at.x)) + attribute("y", px(at.y)) +
          attribute("text-anchor", anchor_name(anchor)) +
          attribute("font-size", std::to_string(size_px)) + attribute("fill", colour) + ">" +
          escaped(text) + "</text>\n";
}

void SvgDocument::upright_text(Point middle, std::string_view text, int size_px,
                               std::string_view colour) {
  svg_ +=
      "<text" + attribute("text-anchor", "middle") +
      attribute("font-size", std::to_string(size_px)) + attribute("fill", colour) +
      attribute("transform", "translate(" + px(middle.x) + " " + px(middle.y) + ") rotate(-90)") +
      ">" + escaped(text) + "</text>\n";
}

std::string SvgDocument::finish() && { return std::move(svg_) + "</svg>\n"; }

}  // namespace faceveil

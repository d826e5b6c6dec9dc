#include "app/report_page.h"

#include <array>
#include <map>

#include "app/report.h"
#include "app/version.h"
#include "base/language.h"
#include "base/markup.h"
#include "redact/residual.h"

namespace faceveil {
namespace {

constexpr std::string_view style = R"(
body{font:15px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;color:#1b1f24;background:#f4f5f7;
margin:0 auto;padding:24px;max-width:1100px}
h1{font-size:22px;margin:0 0 4px}h2{font-size:16px;margin:28px 0 8px}p{margin:4px 0}
.sheet{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:12px}
.tile,article{background:#fff;border:1px solid #d8dce1;border-radius:8px;padding:10px;
break-inside:avoid}
.tile img,.none{display:block;width:100%;height:160px;object-fit:contain;
background:#eceef1;border-radius:4px}
.none{display:flex;align-items:center;justify-content:center;color:#59636e}
.name{overflow-wrap:anywhere;font-weight:600}article{margin:12px 0;padding:14px 16px}
table{border-collapse:collapse;width:100%;margin:8px 0}th,td{text-align:left;vertical-align:top;
padding:4px 8px;border-top:1px solid #e4e7eb}th{font-weight:600;color:#59636e}
code{font:12px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}
.good{color:#116329}.bad{color:#a40e26;font-weight:600}.open{color:#7d4e00})";

// RFC 4648, section 4.
std::string base64(BytesView bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](size_t at) {
      return at < bytes.size() ? std::to_integer<uint32_t>(bytes[at]) : 0;
    };
    const uint32_t group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    for (int shift = 18; shift >= 0; shift -= 6) result += digits[group >> shift & 63];
  }
  const size_t filler = (3 - bytes.size() % 3) % 3;
  result.replace(result.size() - filler, filler, filler, '=');
  return result;
}

std::string element(std::string_view name, std::string_view css_class, std::string_view text) {
  return "<" + std::string(name) + " class=\"" + std::string(css_class) + "\">" +
         escaped_markup(text) + "</" + std::string(name) + ">";
}

std::string row(std::span<const std::string> cells, std::string_view cell = "td") {
  std::string html = "<tr>";
  for (const std::string& text : cells) {
    html += "<" + std::string(cell) + ">" + text + "</" + std::string(cell) + ">";
  }
  return html + "</tr>\n";
}

std::string heading(std::initializer_list<std::string> names) {
  std::vector<std::string> cells;
  for (const std::string& name : names) cells.push_back(escaped_markup(name));
  return "<table>" + row(cells, "th");
}

// Sounds are not looked at again when they are written: no word of ours may say so.
bool was_verified(const HideReport& report) { return !report.verification.checks.empty(); }

// In the words of the page.
std::string status_text(const HideReport& report) {
  if (report.error) return tr("failed");
  if (report.withheld) return tr("not written");
  if (!was_verified(report)) return tr("written, not looked at again");
  if (!report.verification.clean()) return tr("written with findings");
  return status_name(report) == "hidden" ? tr("hidden and verified")
                                         : tr("nothing to hide, verified");
}

bool is_good(const HideReport& report) {
  return !report.error && was_verified(report) && report.verification.clean();
}

std::string_view status_class(const HideReport& report) {
  if (is_good(report)) return "good";
  return report.error || was_verified(report) ? "bad" : "open";
}

std::string tile(const HideReport& report) {
  const std::string picture =
      report.preview.empty()
          ? element("div", "none", tr("no picture"))
          : "<img alt=\"\" src=\"data:image/jpeg;base64," + base64(report.preview) + "\">";
  return "<div class=\"tile\">" + picture +
         element("div", "name", report.job.output.filename().string()) +
         element("div", status_class(report), status_text(report)) + "</div>\n";
}

std::string outcome_cell(CheckOutcome outcome) {
  switch (outcome) {
    case CheckOutcome::clean:
      return element("span", "good", tr("nothing found"));
    case CheckOutcome::found:
      return element("span", "bad", tr("found"));
    case CheckOutcome::not_checked:
      return element("span", "open", tr("not checked"));
  }
  return {};
}

std::string check_title(CheckId id) {
  switch (id) {
    case CheckId::faces:
      return tr("Faces in sight");
    case CheckId::second_pictures:
      return tr("Second pictures in the file");
    case CheckId::places:
      return tr("Positions");
    case CheckId::stray_bytes:
      return tr("Stray bytes");
    case CheckId::locality:
      return tr("Nothing else was touched");
  }
  return {};
}

std::string checks_table(const Verification& verification) {
  std::string html = heading({tr("Verified"), tr("Result"), tr("How")});
  for (const Check& check : verification.checks) {
    html += row(std::array{escaped_markup(check_title(check.id)), outcome_cell(check.outcome),
                           escaped_markup(check.note.in(current_language()))});
  }
  html += "</table>\n";
  if (!verification.clean()) {
    html += element("p", "bad", tr("Verify found: {0}", {describe(verification.findings)}));
  }
  return html;
}

std::string box_text(const Rect& box) {
  const auto whole = [](float value) { return std::to_string(static_cast<long>(value)); };
  return whole(box.x) + "," + whole(box.y) + " " + whole(box.width) + " x " + whole(box.height);
}

std::string regions_table(const HideReport& report) {
  const std::vector<Region> regions = regions_at(report.plan, MediaTime{0});
  if (regions.empty()) return {};
  std::map<uint32_t, bool> needs_review;
  for (const Track& track : report.plan.tracks) needs_review[track.id] = track.needs_review;
  std::string html =
      heading({tr("Region"), tr("Place (pixels)"), tr("Effect"),
               tr("What a machine can still get of the face"), tr("To be reviewed")});
  for (const Region& region : regions) {
    html += row(std::array{
        std::to_string(region.track_id), box_text(region.box),
        std::string(effect_name(region.effect)),
        escaped_markup(claim_sentence(residual_claim(region, report.painted_in))),
        needs_review[region.track_id] ? element("span", "open", tr("yes")) : std::string()});
  }
  return html + "</table>\n";
}

std::string dropped_text(const std::vector<DroppedMetadata>& dropped) {
  std::string text;
  for (const DroppedMetadata& one : dropped) {
    text += (text.empty() ? "" : "; ") + tr(std::string(kind_description(one.kind)));
    if (one.count > 1) text += " (" + std::to_string(one.count) + ")";
  }
  return text.empty() ? tr("none") : text;
}

std::string left_out(const HideReport& report) {
  if (!report.video) return dropped_text(report.dropped);
  std::string text = tr("all metadata");
  for (const std::string& stream : report.video->dropped) text += "; " + stream;
  return text;
}

std::string digest_row(const std::string& name, const std::string& path,
                       const std::string& sha256) {
  return row(std::array{escaped_markup(name), escaped_markup(path) + "<br><code>SHA-256 " +
                                                  escaped_markup(sha256) + "</code>"});
}

std::string article(const HideReport& report) {
  std::string html = "<article>" + element("p", "name", report.job.input.string()) +
                     element("p", status_class(report), status_text(report));
  if (report.error) return html + element("p", "bad", report.error->message()) + "</article>\n";
  html += "<table>" +
          digest_row(tr("Input"), report.job.input.string(), report.plan.source.sha256) +
          digest_row(tr("Output"), report.withheld ? tr("not written") : report.job.output.string(),
                     report.output_sha256) +
          row(std::array{escaped_markup(tr("Left out of the file")),
                         escaped_markup(left_out(report))}) +
          "</table>\n";
  if (!was_verified(report)) return html + element("p", "", report_line(report)) + "</article>\n";
  // A film's regions are others in each picture: its line says what was done.
  html += report.video ? element("p", "", report_line(report)) : regions_table(report);
  html += checks_table(report.verification);
  if (report.verification.faces_added > 0) {
    html += element("p", "open",
                    tr("Looking again found and hid {0} more; please look at the result.",
                       {std::to_string(report.verification.faces_added)}));
  }
  for (const std::string_view note : report.notes) html += element("p", "", tr(note));
  return html + "</article>\n";
}

std::string models_table(std::span<const InstalledModel> models) {
  std::string html = heading({tr("Model"), "SHA-256"});
  for (const InstalledModel& model : models) {
    html += row(std::array{escaped_markup(model.file.filename().string()),
                           "<code>" + escaped_markup(model.sha256) + "</code>"});
  }
  return html + "</table>\n";
}

std::string head() {
  const std::string language = current_language() == Language::chinese ? "zh-CN" : "en";
  return "<!doctype html>\n<html lang=\"" + language +
         "\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" "
         "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">"
         "<meta name=\"viewport\" content=\"width=device-width\"><title>" +
         escaped_markup(tr("FaceVeil: what was hidden and verified")) + "</title><style>" +
         std::string(style) + "</style></head>\n<body>\n";
}

}  // namespace

std::string format_report_page(std::span<const HideReport> reports,
                               std::span<const InstalledModel> models) {
  size_t good = 0, faces = 0;
  for (const HideReport& report : reports) {
    good += is_good(report);
    faces += report.withheld ? 0 : report.hidden_count;
  }
  std::string html =
      head() + "<h1>" + escaped_markup(tr("FaceVeil: what was hidden and verified")) + "</h1>\n" +
      element("p", "",
              tr("{0} pictures, {1} without a finding, {2} regions hidden. FaceVeil {3}.",
                 {std::to_string(reports.size()), std::to_string(good), std::to_string(faces),
                  program_version})) +
      element("p", "",
              tr("The pictures on this page are small copies of the outputs; none is of an "
                 "input.")) +
      "\n<h2>" + escaped_markup(tr("Outputs")) + "</h2>\n<div class=\"sheet\">\n";
  for (const HideReport& report : reports) html += tile(report);
  html += "</div>\n<h2>" + escaped_markup(tr("In detail")) + "</h2>\n";
  for (const HideReport& report : reports) html += article(report);
  html += "<h2>" + escaped_markup(tr("Models")) + "</h2>\n" + models_table(models);
  return html + "</body></html>\n";
}

}  // namespace faceveil

#include "redact/paint.h"

#include <vector>

#include "redact/blur.h"
#include "redact/emoji.h"
#include "redact/hidden_map.h"
#include "redact/mosaic.h"
#include "redact/region_spans.h"
#include "redact/solid.h"
#include "redact/veil.h"

namespace faceveil {
namespace {

constexpr Colour black = {0, 0, 0};

struct Job {
  const Region* region;
  std::vector<Span> spans;
};

std::vector<Job> jobs_inside(std::span<const Region> regions, Size picture) {
  std::vector<Job> jobs;
  for (const Region& region : regions) {
    Job job{&region, spans_of(region, picture)};
    if (!job.spans.empty()) jobs.push_back(std::move(job));
  }
  return jobs;
}

HiddenMap map_of(const std::vector<Job>& jobs, Size picture) {
  HiddenMap hidden(picture);
  for (const Job& job : jobs) hidden.add(job.spans);
  return hidden;
}

Status paint_one(Image& image, const Job& job, const HiddenMap& hidden, const Cover* cover) {
  switch (job.region->effect) {
    case Effect::veil:
      paint_veil(image, *job.region, job.spans, hidden);
      return {};
    case Effect::emoji:
      paint_veil(image, *job.region, job.spans, hidden);
      paint_emoji(image, *job.region, job.spans);
      return {};
    case Effect::image:
      paint_veil(image, *job.region, job.spans, hidden);
      paint_cover(image, *job.region, job.spans, *cover);
      return {};
    case Effect::solid:
      paint_solid(image, job.spans, black);
      return {};
    case Effect::mosaic:
      paint_mosaic(image, job.spans);
      return {};
    case Effect::blur:
      return paint_blur(image, *job.region, job.spans);
  }
  return {};
}

Status paint_where(Image& image, const std::vector<Job>& jobs, const HiddenMap& hidden,
                   const Cover* cover, bool reading) {
  for (const Job& job : jobs) {
    if (reads_what_it_hides(job.region->effect) != reading) continue;
    TRY(paint_one(image, job, hidden, cover));
  }
  return {};
}

Status check_cover(std::span<const Region> regions, const Cover* cover) {
  for (const Region& region : regions) {
    if (region.effect == Effect::image && !cover) {
      return fail(Error::Kind::bad_input,
                  "The effect image needs a picture to lay over the faces.");
    }
  }
  return {};
}

}  // namespace

bool reads_what_it_hides(Effect effect) {
  return effect == Effect::mosaic || effect == Effect::blur;
}

// A blur or mosaic beside a veiled face may read only what the veil has covered already.
Status paint(Image& image, std::span<const Region> regions, const Cover* cover) {
  TRY(check_cover(regions, cover));
  const std::vector<Job> jobs = jobs_inside(regions, image.size());
  if (jobs.empty()) return {};
  const HiddenMap hidden = map_of(jobs, image.size());
  TRY(paint_where(image, jobs, hidden, cover, /*reading=*/false));
  return paint_where(image, jobs, hidden, cover, /*reading=*/true);
}

}  // namespace faceveil

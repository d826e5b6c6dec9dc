#include "redact/paint.h"

#include <vector>

#include "redact/blur.h"
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

Status paint_one(Image& image, const Job& job, const HiddenMap& hidden) {
  switch (job.region->effect) {
    case Effect::veil:
      paint_veil(image, *job.region, job.spans, hidden);
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

// A blur or mosaic beside a veiled face may read only what the veil has covered already.
bool reads_what_it_hides(Effect effect) {
  return effect == Effect::mosaic || effect == Effect::blur;
}

Status paint_where(Image& image, const std::vector<Job>& jobs, const HiddenMap& hidden,
                   bool reading) {
  for (const Job& job : jobs) {
    if (reads_what_it_hides(job.region->effect) != reading) continue;
    TRY(paint_one(image, job, hidden));
  }
  return {};
}

}  // namespace

Status paint(Image& image, std::span<const Region> regions) {
  const std::vector<Job> jobs = jobs_inside(regions, image.size());
  if (jobs.empty()) return {};
  const HiddenMap hidden = map_of(jobs, image.size());
  TRY(paint_where(image, jobs, hidden, /*reading=*/false));
  return paint_where(image, jobs, hidden, /*reading=*/true);
}

}  // namespace faceveil

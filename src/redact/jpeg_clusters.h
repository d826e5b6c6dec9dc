// Which MCUs of a JPEG picture a plan touches, and which of its regions have to be painted together
// because their surroundings meet.
#pragma once

#include <span>
#include <vector>

#include "media/jpeg_picture.h"
#include "plan/plan.h"
#include "redact/mcu_set.h"

namespace faceveil {

// A region in the stored picture's pixels, with its spans there.
struct StoredRegion {
  const Region* upright;
  Region stored;
  std::vector<Span> spans;  // Not empty.
};

// Those that show in the picture.
std::vector<StoredRegion> stored_regions(std::span<const Region>, const JpegPicture&);

struct TouchedMcus {
  McuSet all;      // Their contents are replaced.
  McuSet covered;  // Those touched by more than mosaic and blur: nothing may read their contents.
};

// All MCUs that a region reaches, with 2 px around it for what chroma spreads; with `frames` those
// under the green frames as well.
TouchedMcus touched_mcus(const std::vector<StoredRegion>&, const JpegPicture&, bool frames);

struct JpegCluster {
  PixelBox mcus;                             // A box in MCUs, with the untouched ones around.
  std::vector<PixelBox> touched_runs;        // Of this cluster: one row of MCUs each.
  std::vector<const StoredRegion*> regions;  // In the plan's order.
};

std::vector<JpegCluster> clusters_of(const std::vector<StoredRegion>&, const TouchedMcus&,
                                     const JpegPicture&, bool frames);

}  // namespace faceveil
